"""Calendar entries (RFC 5545): an event for one participant, its programme, and all coming events."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Timezone, vCalAddress, vText
from icalendar import Event as Entry

from forums.enums import EventStatus, ParticipationMode
from forums.models import Event, ProgrammeRelease, Registration, ReleasedSession
from portal.core.enums import DatePrecision
from portal.core.office import office_name
from portal.core.wording import said

CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
PRODUCT = "-//China-ASEAN Environmental Cooperation Portal//EN"


def calendar_uid(event: Event) -> str:
    """The entry's identifier: the same for every mail about this event, so that an update finds what it changes."""
    return f"event-{event.pk}@{urlsplit(settings.BASE_URL).hostname}"


# What calendars call the state of an event; whatever is not named here takes place.
STATES = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}


def make_calendar(registration: Registration, *, sequence: int, cancelled: bool = False) -> bytes:
    """The ``.ics`` file for one participant in the active language: a request, or its cancellation.

    Times carry the event's full zone name with its definition. Empty when the event has no day yet.
    """
    event = registration.event
    if event.starts_at is None or event.ends_at is None:
        return b""
    calendar = _calendar("CANCEL" if cancelled else "REQUEST", [event.time_zone])
    calendar.add_component(_entry(registration, event.starts_at, event.ends_at, sequence, cancelled=cancelled))
    return bytes(calendar.to_ical())


def make_programme_calendar(event: Event, release: ProgrammeRelease, sessions: Iterable[ReleasedSession]) -> bytes:
    """The ``.ics`` file of released sessions in the active language, an entry each.

    An entry keeps its identifier from release to release, and its sequence rises with them, so that a calendar that
    has it already takes the new time. Times carry the full zone name with its definition.
    """
    calendar = _calendar("PUBLISH", [event.time_zone], name=event.title)
    number = release.number * 2 + (event.status == EventStatus.CANCELLED)  # to be cancelled is news as well
    for session in sessions:
        calendar.add_component(_session_entry(event, release, session, number))
    return bytes(calendar.to_ical())


def make_events_calendar(events: Iterable[Event]) -> bytes:
    """The ``.ics`` file of events that have a date, in the active language.

    Of what is known by its month or year alone the whole of it is marked, as tentative and taking up no time.
    """
    events = list(events)
    timed = [event for event in events if event.starts_at and event.start_time]
    zones = dict.fromkeys(event.time_zone for event in timed)
    calendar = _calendar("PUBLISH", zones, name=office_name())
    for event in events:
        calendar.add_component(_event_entry(event))
    return bytes(calendar.to_ical())


def _calendar(method: str, zones: Iterable[str], *, name: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for zone in zones:
        calendar.add_component(_zone(zone))
    return calendar


@lru_cache(maxsize=64)
def _zone(name: str) -> Timezone:
    return Timezone.from_tzid(name)


def _session_entry(event: Event, release: ProgrammeRelease, session: ReleasedSession, number: int) -> Entry:
    content = session.content
    state = STATES.get(EventStatus(event.status), "CONFIRMED" if release.is_final else "TENTATIVE")
    entry = Entry()
    entry.add("uid", f"session-{session.public_id}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("sequence", number)
    entry.add("dtstamp", release.released_at.astimezone(UTC))
    entry.add("dtstart", session.starts_at.astimezone(event.zone))
    entry.add("dtend", session.ends_at.astimezone(event.zone))
    entry.add("summary", _clean(said(content["title"])))
    entry.add("location", _clean(_joined(said(content["room"]), *_places(event))))
    entry.add("description", _description(event, content))
    page = reverse("forums:programme", args=[event.slug])
    entry.add("url", f"{settings.BASE_URL}{page}#{session.public_id}")
    entry.add("status", state)
    return entry


def _description(event: Event, content: Mapping[str, Any]) -> str:
    """Who speaks, a line each, below the title of the event."""
    people = [
        _clean(_joined(*(said(speaker[name]) for name in ("name", "position", "organisation"))))
        for speaker in content["speakers"]
    ]
    return "\n".join([_clean(event.title), *people])


def _event_entry(event: Event) -> Entry:
    entry = Entry()
    is_vague = event.date_precision != DatePrecision.DAY
    entry.add("uid", f"public-event-{event.pk}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", datetime.now(UTC))
    if event.start_time and event.starts_at and event.ends_at:
        entry.add("dtstart", event.starts_at)
        entry.add("dtend", event.ends_at)
    else:
        first, last = _known_days(event)
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", _clean(event.title))
    entry.add("location", _clean(_joined(*_places(event))))
    entry.add("url", f"{settings.BASE_URL}{event.get_absolute_url()}")
    entry.add("status", STATES.get(EventStatus(event.status), "TENTATIVE" if is_vague else "CONFIRMED"))
    entry.add("transp", "TRANSPARENT" if is_vague else "OPAQUE")
    return entry


def _known_days(event: Event) -> tuple[date, date]:
    """First and last day; of a month or a year that is all that is known, its own."""
    first = event.start_day or date.min  # the feed holds events with a date alone
    last = event.end_day or first
    if event.date_precision == DatePrecision.YEAR:
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    if event.date_precision == DatePrecision.MONTH:
        return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
    return first, last


def _entry(registration: Registration, starts: datetime, ends: datetime, sequence: int, *, cancelled: bool) -> Entry:
    event = registration.event
    entry = Entry()
    entry.add("uid", calendar_uid(event))
    entry.add("sequence", sequence)
    entry.add("dtstamp", datetime.now(UTC))
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", event.title)
    entry.add("location", _location(registration))
    entry.add("url", f"{settings.BASE_URL}{event.get_absolute_url()}")
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("organizer", _address(event.mailbox, office_name()))
    entry.add("attendee", _address(registration.email, registration.full_name), encode=False)
    return entry


def _location(registration: Registration) -> str:
    event = registration.event
    if registration.mode == ParticipationMode.ONLINE:
        return event.online_url
    return _joined(*_places(event))


def _places(event: Event) -> list[str]:
    return [event.venue, event.place, event.country.name if event.country else ""]


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text)


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{email}")
    address.params["cn"] = vText(CONTROL.sub(" ", name))  # with one of these the line would be no line
    return address
