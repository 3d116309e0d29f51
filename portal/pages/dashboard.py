"""The first page of the administration: what needs this officer today. A fixed number of queries."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Model, Q, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.admin.event_panel import list_url
from forums.admin.numbers import numbers_of
from forums.enums import EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Outcome, Registration, SeatPool
from portal.core.enums import FactStatus
from portal.core.facts import DECIDE
from portal.core.models import Fact, Job
from portal.core.models.jobs import JobState
from portal.core.times import format_days, format_instant
from portal.library.enums import PublishingStatus, ReportStatus
from portal.library.models import Document, Mandate, Milestone, ProgrammeStrand, RecordReport, StatedFigure
from portal.library.services.handling import HANDLE
from portal.library.workflow import CHECK
from portal.mail.enums import HoldReason, MailState
from portal.mail.models import OutboxMessage

SHOWN = 10
NEAR = timedelta(days=7)
AHEAD = timedelta(days=30)
PUBLISHED_MODELS: tuple[type[Model], ...] = (Outcome, Document, Mandate, ProgrammeStrand, Milestone, StatedFigure)


@dataclass(frozen=True)
class Task:
    """One line: what, how much, and where to do it."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True)
class Card:
    """Tasks of one sort; ``is_news`` when it informs and asks for nothing."""

    title: str
    tasks: list[Task]
    is_news: bool = False


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's callback: adds ``cards`` (those that are not empty) and ``is_quiet`` (nothing needs doing)."""
    at = timezone.now()
    cards = [
        card
        for permission, make in CARDS
        if request.user.has_perm(permission)  # superusers and roles alike; nothing is counted for others
        for card in make(request.user, at)
        if card.tasks
    ]
    return context | {"title": _("Today"), "cards": cards, "is_quiet": all(card.is_news for card in cards)}


def _approvals(_user: Any, _at: datetime) -> list[Card]:
    pending = Registration.objects.filter(status=RegistrationStatus.PENDING)
    tasks = [
        Task(str(event), _people(count), list_url("registration", event, status=RegistrationStatus.PENDING))
        for event, count in _by_event(pending)
    ]
    return [Card(_("Registrations to approve"), tasks)]


def _seats_to_give(_user: Any, _at: datetime) -> list[Card]:
    """Events where somebody waits although a seat is free: the category leaves the giving to an officer."""
    waiting = Registration.objects.filter(status=RegistrationStatus.WAITLISTED, event__status=EventStatus.ANNOUNCED)
    found = list(waiting.order_by().values_list("event", "category").annotate(n=Count("pk")))
    events = {event for event, _category, _count in found}
    full = {
        (pool.event_id, pool.category_id) for pool in SeatPool.objects.filter(event__in=events) if not pool.has_room
    }
    people: Counter[int] = Counter()
    for event, category, count in found:
        if not {(event, None), (event, category)} & full:
            people[event] += count
    tasks = [
        Task(str(event), _people(people[event.pk]), list_url("registration", event, status="waitlisted"))
        for event in Event.objects.filter(pk__in=people).order_by("start_day")[:SHOWN]
    ]
    return [Card(_("Free seats, and people who wait"), tasks)]


def _deadlines(_user: Any, at: datetime) -> list[Card]:
    unanswered = Invitation.objects.filter(
        status=InvitationStatus.PENDING,
        sent_at__isnull=False,
        event__status=EventStatus.ANNOUNCED,
        event__answer_deadline__range=(at, at + NEAR),
    )
    tasks = [
        Task(
            str(event),
            _("%(people)s, until %(instant)s")
            % {"people": _people(count), "instant": format_instant(event.answer_deadline or at, event.time_zone)},
            list_url("invitation", event, status=InvitationStatus.PENDING),
        )
        for event, count in _by_event(unanswered)
    ]
    return [Card(_("Not answered, and the deadline is near"), tasks)]


def _mail(_user: Any, _at: datetime) -> list[Card]:
    states = (MailState.HELD, MailState.FAILED, MailState.BOUNCED)
    rows = OutboxMessage.objects.filter(state__in=states).order_by().values_list("state", "hold_reason")
    counts = {(state, reason): count for state, reason, count in rows.annotate(n=Count("pk"))}
    failed = sum(count for (state, _reason), count in counts.items() if state == MailState.FAILED)
    bounced = sum(count for (state, _reason), count in counts.items() if state == MailState.BOUNCED)
    lines = (
        (_("Call list: no automatic mail"), counts.get((MailState.HELD, HoldReason.CALL), 0), "held", "call"),
        (_("Waits for your release"), counts.get((MailState.HELD, HoldReason.RELEASE), 0), "held", "release"),
        (_("Held by an officer"), counts.get((MailState.HELD, HoldReason.OFFICER), 0), "held", "officer"),
        (_("Could not be sent"), failed, "failed", ""),
        (_("Came back"), bounced, "bounced", ""),
    )
    tasks = [Task(label, _messages(count), _outbox(state, reason)) for label, count, state, reason in lines if count]
    return [Card(_("Mail"), tasks)]


def _library(user: Any, _at: datetime) -> list[Card]:
    """What waits for somebody's word: checks, reported errors, facts. Three queries at most."""
    lines = []
    if user.has_perm(CHECK):
        lines += [
            (_("In review: %(kind)s") % {"kind": model._meta.verbose_name_plural}, count, _list(model, "in_review"))
            for model, count in _in_review()
        ]
    if user.has_perm(HANDLE):
        count = RecordReport.objects.filter(status=ReportStatus.OPEN).count()
        lines.append((_("Reported errors"), count, _list(RecordReport, ReportStatus.OPEN)))
    if user.has_perm(DECIDE):
        lines.append((_("Facts to confirm"), Fact.objects.open().count(), _list(Fact, FactStatus.OPEN)))
    return [Card(_("Library"), [Task(label, str(count), url) for label, count, url in lines if count])]


def _in_review() -> list[tuple[type[Model], int]]:
    """The kinds of which something waits for a check, with how many; one query."""
    counts = [
        model._default_manager.filter(status=PublishingStatus.IN_REVIEW)
        .order_by()
        .values_list("status")
        .annotate(place=Value(place), n=Count("pk"))
        for place, model in enumerate(PUBLISHED_MODELS)
    ]
    found = {place: count for _status, place, count in counts[0].union(*counts[1:], all=True)}
    return [(model, found[place]) for place, model in enumerate(PUBLISHED_MODELS) if place in found]


def _jobs(user: Any, at: datetime) -> list[Card]:
    going_on = Q(state__in=[JobState.DRAFT, JobState.QUEUED, JobState.RUNNING])
    failed = Q(state=JobState.FAILED)
    jobs = Job.objects.visible_to(user).filter(going_on | failed, created_at__gte=at - AHEAD).order_by("-created_at")
    tasks = [
        Task(job.title, job.get_state_display(), reverse("core:job", args=[job.public_id])) for job in jobs[:SHOWN]
    ]
    return [Card(_("Jobs"), tasks)]


def _events(user: Any, at: datetime) -> list[Card]:
    soon = Event.objects.filter(
        status=EventStatus.ANNOUNCED, start_day__range=(at.date() - timedelta(days=1), (at + AHEAD).date())
    )
    events = list(soon.order_by("start_day", "pk")[:SHOWN])
    numbers = numbers_of(events)
    coming = [
        Task(
            str(event),
            _("%(days)s; confirmed: %(confirmed)s")
            % {
                "days": format_days(event.start_day, event.end_day, event.date_precision),
                "confirmed": numbers[event.pk].confirmed_of_seats,
            },
            _event_url(event),
        )
        for event in events
    ]
    cards = [Card(_("The next 30 days"), coming, is_news=True)]
    if user.has_perm("forums.change_event"):
        drafts = Event.objects.filter(status=EventStatus.DRAFT).order_by("-created_at")[:SHOWN]
        tasks = [
            Task(str(event), format_days(event.start_day, event.end_day, event.date_precision), _event_url(event))
            for event in drafts
        ]
        cards.append(Card(_("Drafts of events"), tasks, is_news=True))
    return cards


CARDS: tuple[tuple[str, Callable[[Any, datetime], list[Card]]], ...] = (
    ("forums.change_registration", _approvals),
    ("forums.change_registration", _seats_to_give),
    ("forums.view_invitation", _deadlines),
    ("mail.change_outboxmessage", _mail),
    ("library.view_catalogueitem", _library),
    ("core.view_job", _jobs),
    ("forums.view_event", _events),
)


def _by_event(rows: Any) -> list[tuple[Event, int]]:
    """The events of these rows, soonest first, each with how many; two queries."""
    counts = dict(rows.order_by().values_list("event").annotate(n=Count("pk")))
    events = Event.objects.filter(pk__in=counts).order_by("start_day", "pk")[:SHOWN]
    return [(event, counts[event.pk]) for event in events]


def _people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def _messages(count: int) -> str:
    return ngettext("%(count)d message", "%(count)d messages", count) % {"count": count}


def _outbox(state: str, reason: str) -> str:
    query = f"state__exact={state}" + (f"&hold_reason__exact={reason}" if reason else "")
    return f"{reverse('admin:mail_outboxmessage_changelist')}?{query}"


def _list(model: type[Model], status: str) -> str:
    """The list of ``model`` with what is in this state."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return f"{reverse(name)}?status__exact={status}"


def _event_url(event: Event) -> str:
    return reverse("admin:forums_event_change", args=[event.pk])
