"""The page behind an invitation: read it, accept, decline, change one's mind while that is possible."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from forums.enums import InvitationStatus, RegistrationStatus
from forums.forms import AnswerForm
from forums.models import Invitation, Registration
from forums.services import invitations
from forums.services.errors import RegistrationClosed
from forums.views.facts import event_facts, papers_of, why_no_answer
from forums.views.links import invitation_page
from forums.views.papers import is_invited
from portal.core.templatetags.portal import instant
from portal.core.workflow import Conflict, TransitionRefused


@invitation_page
def show(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Who is invited to what, and the state of the answer. Opening it changes nothing."""
    return _page(request, invitation)


@invitation_page
def accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Accept by POST and go on to the registration; GET leads back to the invitation."""
    if request.method != "POST":
        return redirect("forums:invitation", invitation.token)
    if why_no_answer(invitation):
        return _page(request, invitation, status=409)
    try:
        registration = invitations.accept(invitation)
    except (Conflict, TransitionRefused, RegistrationClosed):
        return redirect("forums:invitation", invitation.token)  # it shows what was first
    return redirect("forums:registration", registration.token)


@invitation_page
def decline(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """A page of its own asks for confirmation and, if one wishes, a reason; POST declines."""
    if why_no_answer(invitation):
        return _page(request, invitation, status=409 if request.method == "POST" else 200)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"invitation": invitation, "event": invitation.event, "form": form}
        return render(request, "forums/decline.html", context, status=422 if form.errors else 200)
    with suppress(Conflict, TransitionRefused):  # answered meanwhile: the page shows how
        invitations.decline(invitation, reason=form.cleaned_data["reason"])
    return redirect("forums:invitation", invitation.token)


def _page(request: HttpRequest, invitation: Invitation, *, status: int = 200) -> HttpResponse:
    event = invitation.event
    registration = _registration(invitation)
    deadline = event.answer_deadline
    context = {
        "invitation": invitation,
        "event": event,
        "facts": event_facts(event),
        "answer_by": instant(deadline, event.time_zone) if deadline else "",
        "closed": why_no_answer(invitation),
        "registration": registration,
        "is_confirmed": registration is not None and registration.status == RegistrationStatus.CONFIRMED,
        "is_accepted": invitation.status == InvitationStatus.ACCEPTED,
        "is_declined": invitation.status == InvitationStatus.DECLINED,
        "papers": papers_of(event, invited=is_invited(invitation)),
    }
    return render(request, "forums/invitation.html", context, status=status)


def _registration(invitation: Invitation) -> Registration | None:
    if invitation.status != InvitationStatus.ACCEPTED:
        return None
    mine = Registration.objects.filter(event=invitation.event, contact=invitation.contact)
    return mine.active().first() or mine.order_by("-pk").first()
