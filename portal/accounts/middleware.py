"""Staff enter the administration with a password and a second factor."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.accounts.models import User

STAFF_PAGES = ("/admin/", "/jobs/", "/files/")
LOGOUT = "/admin/logout/"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_factor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Leads staff to the step their sign-in still lacks before any staff page, and back to where they were going."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAFF_PAGES) and request.path != LOGOUT and request.user.is_staff:
            step = missing_step(request)
            if step:
                target = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
                return HttpResponseRedirect(f"{reverse(step)}?{target}")
        return get_response(request)

    return middleware


def missing_step(request: HttpRequest) -> str:
    """The name of the page on which a member of staff does what this session lacks; empty when nothing is missing.

    A code sent by mail proves the mailbox alone, so it opens the page to choose a first password and nothing else. A
    passkey used without a password is both factors at once. With ``STAFF_SECOND_FACTOR`` off (the demonstration) the
    password is enough.
    """
    user: Any = request.user  # somebody signed in: the middleware asked
    records = get_authentication_records(request, user)
    methods = {record["method"] for record in records}
    is_both_at_once = any(record.get("passwordless") for record in records)
    if is_both_at_once or (not settings.STAFF_SECOND_FACTOR and methods != {"code"}):
        return ""
    if not user.has_usable_password():
        return "account_set_password"
    if "password" not in methods:
        return "account_reauthenticate"
    return "" if "mfa" in methods or not settings.STAFF_SECOND_FACTOR else _factor_step(user)


def _factor_step(user: User) -> str:
    """Where to set up a second factor, or to show the one there is."""
    if not is_mfa_enabled(user, FACTORS):
        return "mfa_index"
    return "mfa_reauthenticate" if is_mfa_enabled(user, [Authenticator.Type.TOTP]) else "mfa_reauthenticate_webauthn"
