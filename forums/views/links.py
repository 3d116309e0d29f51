"""Pages behind personal links: who may pass, and what every such page sends along."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from forums.models import Invitation, Registration
from forums.services.tokens import invitation_by_token, registration_by_token, was_replaced
from portal.mail.emails import ACCESS_CODE
from portal.mail.registry import Recipient
from portal.mail.services.codes import TooManyCodes, browser_is_known, check_code, remember_browser, send_code

T = TypeVar("T", Invitation, Registration)
View = Callable[..., HttpResponseBase]
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def invitation_page(view: View) -> View:
    """Decorator: ``view(request, invitation, …)`` for the invitation that the token of the address leads to."""
    return _behind_link(view, Invitation, invitation_by_token)


def registration_page(view: View) -> View:
    """Decorator: ``view(request, registration, …)`` for the registration that the token of the address leads to."""
    return _behind_link(view, Registration, registration_by_token)


def _behind_link(view: View, model: type[T], find: Callable[[str], T | None]) -> View:
    # No CSRF token: the right to act is in the address and in no cookie, so another site has nothing to borrow. (With
    # "no-referrer" browsers also send "Origin: null", which Django's check would refuse.)
    @csrf_exempt
    @wraps(view)
    def page(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        found = find(token)
        response: HttpResponseBase
        if found is None:
            response = _dead_link(request, model, token)
        elif (lock := _lock_of(found)) and not browser_is_known(request, _purpose(lock)):
            response = _ask_code(request, lock)
        else:
            response = _answer(view, request, found, **kwargs)
        return _seal(response)

    return page


def _answer(view: View, request: HttpRequest, found: Invitation | Registration, **kwargs: Any) -> HttpResponseBase:
    """The view's answer; what it does not find is said here, so that this page is sealed as well."""
    try:
        return view(request, found, **kwargs)
    except Http404:
        return render(request, "404.html", status=404)


def _seal(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _dead_link(request: HttpRequest, model: type[Invitation] | type[Registration], token: str) -> HttpResponse:
    """One page for every link that leads nowhere; only who holds a once good link can tell 410 from 404."""
    return render(request, "forums/dead_link.html", status=410 if was_replaced(model, token) else 404)


def _lock_of(thing: Invitation | Registration) -> Invitation | None:
    """The invitation whose lock guards this page, if any."""
    invitation = thing if isinstance(thing, Invitation) else thing.invitation
    return invitation if invitation is not None and invitation.is_locked else None


def _purpose(invitation: Invitation) -> str:
    """What a code opens; a new link of the same invitation asks anew."""
    return f"invitation:{invitation.public_id}:{invitation.link_version}"


def _ask_code(
    request: HttpRequest, invitation: Invitation, *, back: str = "", error: str = "", sent: bool = False
) -> HttpResponse:
    context = {
        "invitation": invitation,
        "event": invitation.event,
        "address": masked(invitation.contact.email),
        "back": back or request.path,
        "error": error,
        "typed": request.POST.get("code", ""),
        "sent": sent,
    }
    return render(request, "forums/locked.html", context, status=422 if error else 200)


def masked(email: str) -> str:
    """An address that its owner knows again and nobody else learns: ``s•••@m….example``; empty without one."""
    name, _at, host = email.partition("@")
    ending = host.rpartition(".")[2]
    return f"{name[:1]}•••@{host[:1]}….{ending}" if host else ""


@csrf_exempt
def unlock(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send a code to the invited address, or check one and remember this browser; GET leads to the invitation."""
    invitation = invitation_by_token(token)
    if invitation is None:
        return _seal(_dead_link(request, Invitation, token))
    home = reverse("forums:invitation", args=[token])
    if request.method != "POST" or not invitation.is_locked or not invitation.contact.email:
        return _seal(redirect(home))
    back = request.POST.get("back", "")
    back = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else home
    answer = _check(request, invitation, back) if "code" in request.POST else _send(request, invitation, back)
    return _seal(answer)


def _check(request: HttpRequest, invitation: Invitation, back: str) -> HttpResponse:
    if not check_code(_purpose(invitation), request.POST["code"]):
        error = _("This code is not right or no longer good. Check the digits, or ask for another code.")
        return _ask_code(request, invitation, back=back, error=error)
    response = HttpResponseRedirect(back)  # redirect() would take some words for names of pages
    remember_browser(response, _purpose(invitation))
    return response


def _send(request: HttpRequest, invitation: Invitation, back: str) -> HttpResponse:
    try:
        send_code(
            _purpose(invitation),
            Recipient.from_contact(invitation.contact),
            kind=ACCESS_CODE,
            obj=invitation,
            request=request,
        )
    except TooManyCodes:
        error = _("Several codes were sent already. Use the latest one, or ask again in an hour.")
        return _ask_code(request, invitation, back=back, error=error)
    return _ask_code(request, invitation, back=back, sent=True)
