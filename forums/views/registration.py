"""The page behind a registration link: its state, all answers, and what can be done with it."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from forums.calendars import make_calendar
from forums.emails import personal_url
from forums.enums import ACTIVE_REGISTRATIONS, EventStatus, RegistrationStatus
from forums.forms import AnswerForm
from forums.models import Registration
from forums.services import registrations
from forums.services.consents import agreed_to
from forums.services.errors import AlreadyRegistered, Incomplete, RegistrationClosed
from forums.services.seats import waiting_position
from forums.views.facts import event_facts, papers_of, why_closed
from forums.views.links import registration_page
from forums.views.papers import is_invited
from forums.views.steps import missing_answers, registration_url, steps_of, with_facts
from portal.core.files import serve_file
from portal.core.templatetags.portal import instant
from portal.core.workflow import Conflict, TransitionRefused

PAGE_SIZE = 50


@registration_page
def show(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The summary. Opening it changes nothing."""
    return _page(request, registration)


@registration_page
def send(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Send a draft by POST; the summary then shows what became of it."""
    if request.method != "POST":
        return redirect(registration_url(registration))
    try:
        registrations.submit(registration)
    except (Incomplete, RegistrationClosed):
        return _page(request, registration, refused=True, status=409)  # it says what is missing, or since when
    except (Conflict, TransitionRefused):
        pass  # sent already, in another tab
    return redirect(registration_url(registration))


@registration_page
def cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A page of its own asks for confirmation and, if one wishes, a reason; POST cancels."""
    if not _can_cancel(registration, timezone.now()):
        return redirect(registration_url(registration))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "registration": registration,
            "event": registration.event,
            "form": form,
            "holds_seat": registration.status == RegistrationStatus.CONFIRMED,
            "is_waiting": registration.status == RegistrationStatus.WAITLISTED,
        }
        return render(request, "forums/registration_cancel.html", context, status=422 if form.errors else 200)
    with suppress(Conflict, TransitionRefused):  # cancelled already, in another tab
        registrations.cancel(registration, reason=form.cleaned_data["reason"])
    return redirect(registration_url(registration))


@registration_page
def come_back(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Turn a cancelled registration into a draft again, by POST."""
    if request.method == "POST":
        try:
            registrations.come_back(registration)
        except (AlreadyRegistered, RegistrationClosed):
            return _page(request, registration, status=409)
        except (Conflict, TransitionRefused):
            pass  # done already, in another tab
    return redirect(registration_url(registration))


@registration_page
def calendar(_request: HttpRequest, registration: Registration) -> HttpResponse:
    """The event as an ``.ics`` file, for confirmed people."""
    content = make_calendar(registration, sequence=registration.calendar_sequence) if _confirmed(registration) else b""
    if not content:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{registration.event.slug}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@registration_page
def photo(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """The photo as it was stored, for the page that shows it."""
    if registration.photo is None:
        raise Http404
    return serve_file(request, registration.photo, inline=True)


@registration_page
def participants(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Those who agreed to be named to participants, in protocol order; for confirmed people."""
    if not _confirmed(registration):
        return redirect(registration_url(registration))
    named = registration.event.registrations.named_to_participants().select_related("country").in_protocol_order()
    context = {
        "registration": registration,
        "event": registration.event,
        "page": Paginator(named, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "forums/registration_participants.html", context)


def _confirmed(registration: Registration) -> bool:
    return registration.status == RegistrationStatus.CONFIRMED


def _can_cancel(registration: Registration, at: datetime) -> bool:
    """Giving up a place helps others, so it stays possible after the deadline, until the event is over."""
    event = registration.event
    return (
        registration.status in ACTIVE_REGISTRATIONS and event.status == EventStatus.ANNOUNCED and not event.is_over(at)
    )


def _page(
    request: HttpRequest, registration: Registration, *, refused: bool = False, status: int = 200
) -> HttpResponse:
    event, at = registration.event, timezone.now()
    closed, agreed = why_closed(event, at), agreed_to(registration)
    is_draft = registration.status == RegistrationStatus.DRAFT
    context: dict[str, Any] = {
        "registration": registration,
        "event": event,
        "facts": event_facts(event),
        "steps": with_facts(registration, steps_of(registration, agreed), agreed),
        "missing": missing_answers(registration, agreed) if is_draft else [],
        "refused": refused,
        "closed": closed,
        "closes": _closes(registration) if not closed else "",
        "can_edit": not closed and registration.status in ACTIVE_REGISTRATIONS,
        "can_cancel": _can_cancel(registration, at),
        "can_return": not closed and registration.status == RegistrationStatus.CANCELLED,
        "is_draft": is_draft,
        "is_confirmed": _confirmed(registration),
        "position": waiting_position(registration),
        "saved": instant(registration.updated_at, event.time_zone),
        "sent": instant(registration.submitted_at, event.time_zone) if registration.submitted_at else "",
        "papers": papers_of(event, invited=is_invited(registration)),
        "link": personal_url(registration),
    }
    return render(request, "forums/registration.html", context, status=status)


def _closes(registration: Registration) -> str:
    closes = registration.event.registration_closes_at()
    return instant(closes, registration.event.time_zone) if closes else ""
