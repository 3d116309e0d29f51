"""Deeds about a whole event: its status, its dates, a copy of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.emails import tell_invitee, tell_registrant
from forums.enums import EventStatus, RegistrationStatus
from forums.models import Category, Event, Invitation, Registration, SeatPool
from forums.services.errors import Refused
from forums.services.listing import list_event
from forums.services.programme.release import carry_release, move_sessions
from forums.workflow import EVENT
from portal.core.audit import log
from portal.core.pagecache import content_changed
from portal.mail.services.handling import cancel_scope
from portal.mail.services.templates import copy_scope

CONCERNED = (RegistrationStatus.PENDING, RegistrationStatus.WAITLISTED, RegistrationStatus.CONFIRMED)
DEADLINES = ("answer_deadline", "registration_opens", "registration_deadline")
COPIED = (
    "kind", "mode", "start_time", "end_time", "time_zone", "country", "languages", "contact_email", "is_open",
    "is_demo",
    "title_en", "title_zh_hans", "short_title_en", "short_title_zh_hans", "summary_en", "summary_zh_hans",
    "place_en", "place_zh_hans", "venue_en", "venue_zh_hans", "online_url",
)  # fmt: skip


def change_status(event: Event, name: str, *, by: Any, at: datetime | None = None) -> None:
    """Take the event through the transition ``name``; postponing and cancelling stop its mail and tell everybody."""
    EVENT.apply(event, name, by=by, at=at)


@transaction.atomic
def move_event(
    event: Event, *, start_day: date, by: Any, with_deadlines: bool = True, at: datetime | None = None
) -> None:
    """Move all days of the event so that it begins on ``start_day``.

    In order: days (and the deadlines with them), history, the sessions of the programme with what is released of it,
    the catalogue, public pages, a new calendar entry to everybody confirmed and a message to everybody else concerned.
    Reminders follow by themselves: they are computed from the dates.
    """
    at = at or timezone.now()
    if event.start_day is None:
        raise Refused(_("An event without a day cannot be moved: enter its day first."))
    shift = start_day - event.start_day
    old = {name: getattr(event, name) for name in ("start_day", "end_day", *DEADLINES)}
    event.start_day = start_day
    event.end_day = event.end_day + shift if event.end_day else None
    if with_deadlines:
        for name in DEADLINES:
            value = getattr(event, name)
            setattr(event, name, value + shift if value else None)
    event.save(update_fields=list(old))
    log(event, "move", by=by, at=at, changes={n: [v, getattr(event, n)] for n, v in old.items() if v})
    move_sessions(event, days=shift.days)
    carry_release(event, days=shift.days, by=by, at=at)
    list_event(event)
    details_changed(event, by=by, at=at)


@transaction.atomic
def details_changed(event: Event, *, by: Any, at: datetime | None = None) -> None:
    """Tell everybody concerned that dates or place have changed; the calendar entries of the confirmed are renewed."""
    at = at or timezone.now()
    content_changed()
    if event.status != EventStatus.ANNOUNCED:
        return
    for registration in _registrations(event).iterator(chunk_size=500):
        calendar = "request" if registration.status == RegistrationStatus.CONFIRMED else ""
        tell_registrant("event_changed", registration, by=by, at=at, calendar=calendar)
    for invitation in _unregistered(event).iterator(chunk_size=500):
        tell_invitee("invitees_changed", invitation, by=by, at=at)


@transaction.atomic
def copy_event(event: Event, *, slug: str, start_day: date, by: Any, at: datetime | None = None) -> Event:
    """A new draft like ``event``: texts, series, themes, organisers, categories with seats, message texts, reminders.

    Deadlines keep their distance to the first day. No person and no paper is copied.
    """
    at = at or timezone.now()
    copy = Event(slug=slug, start_day=start_day, **{name: getattr(event, name) for name in COPIED})
    if event.start_day:
        shift = start_day - event.start_day
        copy.end_day = event.end_day + shift if event.end_day else None
        for name in DEADLINES:
            value = getattr(event, name)
            setattr(copy, name, value + shift if value else None)
    copy.save()
    _copy_rows(event.editions.all(), copy, edition="")
    _copy_rows(event.event_organisers.all(), copy)
    _copy_categories(event, copy)
    copy.themes.set(event.themes.all())
    copy_scope(event.scope, copy.scope)
    list_event(copy)
    log(copy, "copy", by=by, at=at, note=event.slug)
    return copy


def _copy_rows(rows: Iterable[Any], copy: Event, **changed: Any) -> None:
    for row in rows:
        row.pk, row.event = None, copy
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(force_insert=True)


def _copy_categories(event: Event, copy: Event) -> None:
    new = {}
    for category in Category.objects.filter(event=event):
        old_pk, category.pk, category.event = category.pk, None, copy
        category.save(force_insert=True)
        new[old_pk] = category
    for pool in SeatPool.objects.filter(event=event):
        SeatPool.objects.create(
            event=copy, category=new[pool.category_id] if pool.category_id else None, capacity=pool.capacity
        )


def count_concerned(event: Event) -> tuple[int, int]:
    """How many registered people, and how many invited ones beside them, a change of the event is told to."""
    return _registrations(event).count(), _unregistered(event).count()


def _registrations(event: Event) -> QuerySet[Registration]:
    concerned = Registration.objects.filter(event=event, status__in=CONCERNED)
    return concerned.select_related("event", "category", "country", "contact")


def _unregistered(event: Event) -> QuerySet[Invitation]:
    """Those who got an invitation and have not registered: each person is told once."""
    reached = Invitation.objects.active().filter(event=event, sent_at__isnull=False)
    told = Registration.objects.filter(event=event, status__in=CONCERNED, contact__isnull=False).values("contact_id")
    return reached.exclude(contact_id__in=told).select_related("event", "contact__country")


@EVENT.bind("publish")
def _publish(event: Event, **_details: Any) -> None:
    list_event(event)
    content_changed()


@EVENT.bind("tell_postponed")
def _tell_postponed(event: Event, *, by: Any, at: datetime) -> None:
    _tell_all(event, "postponed", by=by, at=at)


@EVENT.bind("tell_cancelled")
def _tell_cancelled(event: Event, *, by: Any, at: datetime) -> None:
    _tell_all(event, "cancelled", by=by, at=at)


def _tell_all(event: Event, what: str, *, by: Any, at: datetime) -> None:
    """Mail that still waits is cancelled first, so that nobody is invited to what does not take place."""
    cancel_scope(event.scope, by=by)
    for registration in _registrations(event).iterator(chunk_size=500):
        calendar = "cancel" if registration.status == RegistrationStatus.CONFIRMED else ""
        tell_registrant(f"event_{what}", registration, by=by, at=at, calendar=calendar)
    for invitation in _unregistered(event).iterator(chunk_size=500):
        tell_invitee(f"invitees_{what}", invitation, by=by, at=at)
