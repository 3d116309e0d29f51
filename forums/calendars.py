"""Calendar entries (RFC 5545) of an event for one participant."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Timezone, vCalAddress, vText
from icalendar import Event as Entry

from forums.enums import ParticipationMode
from forums.models import Event, Registration
from portal.core.office import office_name

CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
PRODUCT = "-//China-ASEAN Environmental Cooperation Portal//EN"


def calendar_uid(event: Event) -> str:
    """The entry's identifier: the same for every mail about this event, so that an update finds what it changes."""
    return f"event-{event.pk}@{urlsplit(settings.BASE_URL).hostname}"


def make_calendar(registration: Registration, *, sequence: int, cancelled: bool = False) -> bytes:
    """The ``.ics`` file for one participant in the active language: a request, or its cancellation.

    Times carry the event's full zone name with its definition. Empty when the event has no day yet.
    """
    event = registration.event
    if event.starts_at is None or event.ends_at is None:
        return b""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(Timezone.from_tzid(event.time_zone))
    calendar.add_component(_entry(registration, event.starts_at, event.ends_at, sequence, cancelled=cancelled))
    return bytes(calendar.to_ical())


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
    return ", ".join(part for part in (event.venue, event.place, event.country and event.country.name) if part)


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{email}")
    address.params["cn"] = vText(CONTROL.sub(" ", name))  # with one of these the line would be no line
    return address
