"""The events of the demonstration, dated from today."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forums.enums import EventStatus
from forums.models import Category, Event, EventOrganiser, SeatPool
from forums.services.furnishing import furnish_event
from portal.directory.models import Country, Organisation

DEADLINE = time(18)
ANSWER_DAYS, REGISTER_DAYS, OPEN_DAYS = 21, 7, 90


def event_slug(form: dict[str, Any], number: int) -> str:
    """By which the ``number``-th event of ``form`` is known when the demonstration is loaded again."""
    return f"demo-{form['code']}-{number + 1}"


def make_event(form: dict[str, Any], number: int, *, today: date, status: str) -> tuple[Event, Category]:
    """One event as ``form`` describes it, with its category, its seats and the usual reminder rules."""
    first = today + timedelta(days=form["days"])
    turn = f" ({number + 1})" if number else ""

    def deadline(days: int) -> datetime:
        return datetime.combine(first - timedelta(days=days), DEADLINE, ZoneInfo(form["zone"]))

    event = Event.objects.create(
        slug=event_slug(form, number),
        kind=form["kind"],
        mode=form["mode"],
        status=status,
        title_en=form["en"] + turn,
        title_zh_hans=form["zh"] + turn,
        summary_en=form["summary_en"],
        summary_zh_hans=form["summary_zh"],
        place_en=form["place_en"],
        place_zh_hans=form["place_zh"],
        country=Country.objects.filter(code=form["country"]).first(),
        time_zone=form["zone"],
        start_day=first,
        end_day=first + timedelta(days=form["length"] - 1),
        answer_deadline=deadline(ANSWER_DAYS),
        registration_opens=deadline(OPEN_DAYS),
        registration_deadline=deadline(REGISTER_DAYS),
        languages=["en", "zh-hans"],
        is_open=form.get("open", False),
        is_demo=True,
        source="demonstration",
    )
    return event, _furnish(event, form)


def _furnish(event: Event, form: dict[str, Any]) -> Category:
    """The event's category, seats, usual rules and organiser."""
    category = Category.objects.create(
        event=event,
        code="delegate",
        name_en="Delegate",
        name_zh_hans="代表",
        needs_approval=form.get("approval", False),
        is_open=form.get("open", False),
    )
    SeatPool.objects.create(event=event, capacity=form["capacity"])
    furnish_event(event)
    host = Organisation.objects.filter(slug="demo-ministry-" + (form["country"] or "CN").lower()).first()
    if host is not None:
        EventOrganiser.objects.create(event=event, organisation=host)
    return category


def is_over(form: dict[str, Any]) -> bool:
    """Whether the demonstration plays this event to its end."""
    return form["status"] == EventStatus.HELD
