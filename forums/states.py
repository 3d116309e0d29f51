"""What an event says of itself at an instant: its tag in lists, and where its registration stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.enums import EventStatus
from portal.core.times import next_office_day

if TYPE_CHECKING:
    from forums.models import Event


@dataclass(frozen=True)
class Tag:
    """A shape (``tone``, see the stylesheet) and a word."""

    tone: str
    label: str | Promise


@dataclass(frozen=True)
class RegistrationState:
    """``code`` is "opens", "open", "closed" or "" (nothing to say); ``at`` the instant it speaks of."""

    code: str = ""
    at: datetime | None = None


BY_STATUS = {
    EventStatus.DRAFT: Tag("wait", _("Draft, not public")),
    EventStatus.POSTPONED: Tag("wait", _("Postponed")),
    EventStatus.CANCELLED: Tag("bad", _("Cancelled")),
    EventStatus.RESULTS: Tag("past", _("Results published")),
    EventStatus.HELD: Tag("past", _("Held")),
    EventStatus.ARCHIVED: Tag("past", _("Held")),
}
OVER = Tag("past", _("Held"))
RESULTS = Tag("past", _("Results published"))
TAKING_PLACE = Tag("", _("Taking place now"))
ANNOUNCED = Tag("soon", _("Announced"))
BY_REGISTRATION = {
    "opens": ANNOUNCED,
    "open": Tag("", _("Registration open")),
    "closed": Tag("past", _("Registration closed")),
}


def event_tag(event: "Event", at: datetime) -> Tag:
    """The one tag an event carries in lists."""
    if has_results(event, at):
        return RESULTS
    if event.status in BY_STATUS:
        return BY_STATUS[EventStatus(event.status)]
    if event.is_over(at):
        return OVER
    if event.starts_at and event.starts_at <= at:
        return TAKING_PLACE
    return BY_REGISTRATION.get(registration_state(event, at).code, ANNOUNCED)


def registration_state(event: "Event", at: datetime) -> RegistrationState:
    """Where registration stands. An event without any deadline or day has nothing to say yet."""
    closes = event.registration_closes_at()
    if event.status != EventStatus.ANNOUNCED or closes is None or event.is_over(at):
        return RegistrationState()
    if event.takes_registrations(at):
        return RegistrationState("open", closes)
    if event.registration_opens and at < event.registration_opens:
        return RegistrationState("opens", event.registration_opens)
    return RegistrationState("closed", closes)


def has_results(event: "Event", at: datetime) -> bool:
    """Whether its page of outcomes is public; of events that were read ``with_results``."""
    begins: datetime | None = getattr(event, "results_from", None)
    return begins is not None and begins <= at


def next_change(events: Iterable["Event"], at: datetime) -> datetime:
    """When a list of these events reads differently: at a boundary of one of them, else on the office's next day."""
    changes = [next_office_day(at)]
    for event in events:
        begins: datetime | None = getattr(event, "results_from", None)
        changes += [moment for moment in (event.next_change(at), begins) if moment and moment > at]
    return min(changes)
