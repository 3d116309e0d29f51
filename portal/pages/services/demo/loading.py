"""Loads the demonstration set by set. What is there already is left as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Event
from forums.services.events import change_status
from forums.services.listing import list_event
from portal.core.pagecache import content_changed
from portal.directory.models import Contact
from portal.pages.services.demo.accounts import demo_officer
from portal.pages.services.demo.events import event_slug, make_event
from portal.pages.services.demo.live import play
from portal.pages.services.demo.outcomes import make_outcome, outcome_data
from portal.pages.services.demo.people import demo_data, make_people
from portal.pages.services.demo.programme import make_programme
from portal.pages.services.demo.volume import fill

BEGUN = timedelta(days=14)  # how long ago the first invitations went out
RELEASED = timedelta(days=2)  # how long ago the programme was released


@dataclass
class DemoReport:
    """How much was added."""

    people: int = 0
    events: int = 0


def load_demo(scale: int, *, at: datetime | None = None, tell: Callable[[str], Any] = str) -> DemoReport:
    """Bring in ``scale`` sets of people and events with invitations and registrations in every state.

    The first set is played through the services, with mail and history; the others are written in bulk. A set that is
    there is left as it is, so a second run adds nothing. ``tell`` hears of each set. Needs the opening content and the
    demonstration accounts.
    """
    at = at or timezone.now()
    report, officer = DemoReport(), demo_officer()
    for number in range(scale):
        people, new = make_people(number)
        report.people += new
        for form in demo_data()["events"]:
            if not Event.objects.filter(slug=event_slug(form, number)).exists():
                _make(form, number, people, by=officer, at=at)
                report.events += 1
        tell(f"set {number + 1} of {scale}")
    return report


@transaction.atomic
def _make(form: dict[str, Any], number: int, people: list[Contact], *, by: Any, at: datetime) -> None:
    is_played = number == 0 and form["status"] == EventStatus.ANNOUNCED
    status = EventStatus.DRAFT if is_played else form["status"]
    event, category = make_event(form, number, today=timezone.localdate(at), status=status)
    if is_played:
        change_status(event, "announce", by=by, at=at - BEGUN)
        play(event, category, people[: _guests(form)], by=by, at=at - BEGUN)
        if form.get("programme"):
            make_programme(event, by=by, at=at - RELEASED)
    elif form["status"] != EventStatus.DRAFT:
        sent = at - BEGUN + timedelta(days=min(form["days"], 0))
        fill(event, category, people[: _guests(form)], form=form, by=by, at=sent)
        if number == 0 and form["code"] == outcome_data()["event"]:
            make_outcome(event, by=by, at=at - BEGUN)
    list_event(event)
    content_changed()


def _guests(form: dict[str, Any]) -> int:
    return 36 if form.get("approval") else 44
