"""Tells what cannot be at the same time: a room taken twice, a person in two places, a session outside the event."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from forums.models import Event, Session
from portal.core.enums import DatePrecision
from portal.core.folding import fold
from portal.core.times import format_days


@dataclass(frozen=True)
class Person:
    """Whoever speaks, as far as it takes to recognise them. ``name`` is what a message calls them."""

    name: str
    names: frozenset[str]
    contact: int | None = None

    def is_same(self, other: "Person") -> bool:
        """By the contact where both have one, so that namesakes can be told apart; else by a name, folded."""
        if self.contact and other.contact:
            return self.contact == other.contact
        return bool(self.names & other.names)


@dataclass(frozen=True)
class Part:
    """A stretch of the programme: when, in which room (any key; None for no room), with whom."""

    title: str
    day: date
    start: time
    end: time
    room: Any = None
    people: tuple[Person, ...] = field(default=())

    def overlaps(self, other: "Part") -> bool:
        """Ends that touch do not overlap."""
        return self.day == other.day and self.start < other.end and other.start < self.end

    @property
    def clock(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


def person_of(names: Iterable[str | None], contact: int | None = None) -> Person | None:
    """A person under these names; None without any."""
    written = [name for name in names if name]
    return Person(written[0], frozenset(map(fold, written)), contact) if written else None


def speaker_person(speaker: Any) -> Person | None:
    """The person that a stored or a typed row means."""
    return person_of((speaker.name_en, speaker.name_zh_hans), speaker.contact_id)


def part_of(session: Session) -> Part:
    """A stored session with its speakers (prefetch them)."""
    people = (speaker_person(speaker) for speaker in session.speakers.all())
    return Part(
        session.title,
        session.day,
        session.start_time,
        session.end_time,
        session.room_id,
        tuple(person for person in people if person),
    )


def parts_of(event: Event, *, day: date | None = None, without: Iterable[int] = ()) -> list[Part]:
    """The stored parts of the programme (of ``day``), but for the sessions with the keys ``without``. Two queries."""
    sessions = Session.objects.filter(event=event).exclude(pk__in=list(without)).prefetch_related("speakers")
    return [part_of(session) for session in (sessions.filter(day=day) if day else sessions)]


def room_clash(part: Part, others: Iterable[Part]) -> str:
    """Why the room cannot be had, naming who has it; "" when it can."""
    if part.room is None:
        return ""
    for other in others:
        if other.room == part.room and other.overlaps(part):
            return _("The room is taken at that time by “{title}”, {clock}.").format(
                title=other.title, clock=other.clock
            )
    return ""


def person_clash(person: Person, part: Part, others: Iterable[Part]) -> str:
    """Why the person cannot be there, naming where they are; "" when they can."""
    for other in others:
        if other.overlaps(part) and any(person.is_same(there) for there in other.people):
            return _("{name} is in “{title}” at that time, {clock}.").format(
                name=person.name, title=other.title, clock=other.clock
            )
    return ""


def day_fault(event: Event, day: date) -> str:
    """Why there can be no session on ``day``; "" when there can. While the days are not known, none is refused."""
    if event.start_day is None or event.date_precision != DatePrecision.DAY:
        return ""
    if event.start_day <= day <= (event.end_day or event.start_day):
        return ""
    return _("This is not a day of the event, which is on {days}.").format(
        days=format_days(event.start_day, event.end_day, event.date_precision)
    )


def sessions_outside(event: Event) -> list[Session]:
    """The sessions that do not lie in the days of the event as ``event`` has them now, stored or not; one query."""
    if event.pk is None or event.start_day is None or event.date_precision != DatePrecision.DAY:
        return []
    last = event.end_day or event.start_day
    sessions = Session.objects.filter(event=event)
    return list(sessions.exclude(day__gte=event.start_day, day__lte=last))
