"""allauth's adapter: who may sign in how, and sign-in mail through the outbox."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.hints import hint
from portal.core.links import new_public_id
from portal.directory.models import Contact
from portal.mail.emails import SIGN_IN_CODE
from portal.mail.enums import Priority
from portal.mail.registry import Recipient
from portal.mail.services.codes import new_code
from portal.mail.services.outbox import write_message

LOGIN_CODE = "account/email/login_code"


class SignInAdapter(DefaultAccountAdapter):
    """Nobody signs up; a code is a row of the outbox; staff prove themselves again before they change a factor."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code we sent last. Look for the newest mail, or ask for a new code."),
        "email_password_mismatch": _(
            "This address and this password do not belong together. Try again, or sign in with a code."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then ask for a new code."),
        "rate_limited": _("Too many attempts. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Accounts are made by the organising office."""
        return False

    def generate_login_code(self) -> str:
        return new_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the code to the outbox. Nothing else that allauth would mail has a page here."""
        if template_prefix != LOGIN_CODE:
            # Settings switch every other mail of allauth off; one that comes all the same is a fault of ours.
            raise NotImplementedError(template_prefix)
        user = User.objects.get(email__iexact=email)
        with transaction.atomic():
            _write_code(user, context["code"])

    def rehearse_sending(self, email: str) -> None:
        """Do for an unknown address what a known one costs, and leave nothing behind."""
        with transaction.atomic():
            _write_code(User(email=email), new_code())
            transaction.set_rollback(True)
        hint("mail.deliver")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the administration, everybody else to their own page."""
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not again for who gave the password or the second factor a moment ago; a mailed code does not count."""
        records = get_authentication_records(self.request, self.request.user)
        strong = [record["at"] for record in records if record["method"] in {"password", "mfa"}]
        if strong and time.time() - max(strong) < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


def _write_code(user: User, code: str) -> None:
    write_message(
        SIGN_IN_CODE,
        user if user.pk else None,
        _recipient(user),
        dedupe_key=f"{SIGN_IN_CODE}:{new_public_id()}",
        priority=Priority.CODE,
        secret=code,
    )


def _recipient(user: User) -> Recipient:
    """The person in the language they chose, else their contact's, else that of the page they ask on."""
    contact = Contact.objects.select_related("country").filter(user_id=user.pk or 0).first()
    language = user.language or (contact.mail_language if contact else "") or get_language() or settings.LANGUAGE_CODE
    zone = user.time_zone or (contact.mail_time_zone if contact else settings.OFFICE_TIME_ZONE)
    return Recipient(f"user:{user.pk}", user.get_full_name(), user.email, language, zone, contact)
