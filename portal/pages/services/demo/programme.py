"""The programme of the demonstration's workshop: two days, three rooms, released as provisional."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from forums.models import Event, Room, Session, SessionSpeaker
from forums.services.programme import release_programme
from portal.directory.models import Organisation
from portal.pages.services.demo.people import demo_data

DATA = Path(__file__).resolve().parents[2] / "data" / "demo-programme.json"


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def make_programme(event: Event, *, by: Any, at: datetime) -> None:
    """Rooms, sessions and speakers for ``event``, which has two days; released at ``at``.

    ``ValueError`` without days.
    """
    if event.start_day is None:
        raise ValueError("the programme needs the days of the event")
    rooms = [
        Room.objects.create(event=event, name_en=english, name_zh_hans=chinese, order=number)
        for number, (english, chinese) in enumerate(_data()["rooms"], 1)
    ]
    for form in _data()["sessions"]:
        _make_session(event, event.start_day + timedelta(days=form["day"]), form, rooms)
    release_programme(event, by=by, at=at)


def _make_session(event: Event, day: date, form: dict[str, Any], rooms: list[Room]) -> None:
    session = Session.objects.create(
        event=event,
        kind=form["kind"],
        title_en=form["en"],
        title_zh_hans=form["zh"],
        summary_en=form.get("summary_en", ""),
        summary_zh_hans=form.get("summary_zh", ""),
        day=day,
        start_time=form["begins"],
        end_time=form["ends"],
        room=rooms[form["room"]] if "room" in form else None,
        languages=["en"] if "room" in form else [],
        interpretation=form.get("interpretation", []),
    )
    for order, speaker in enumerate(form.get("speakers", []), 1):
        SessionSpeaker.objects.create(session=session, order=order, **_speaker(*speaker))


def _speaker(role: str, country: str, turn: int, topic_en: str = "", topic_zh: str = "") -> dict[str, Any]:
    name, native_name, title = demo_data()["people"][country][turn]
    position = demo_data()["positions"][turn % len(demo_data()["positions"])]
    organisation = Organisation.objects.get(slug=f"demo-{'institute' if turn % 2 else 'ministry'}-{country.lower()}")
    is_chinese = country == "CN"
    return {
        "role": role,
        "name_en": f"{title} {name}".strip(),
        "name_zh_hans": native_name if is_chinese else "",
        "position_en": position[0],
        "position_zh_hans": position[1],
        "organisation_en": organisation.name_en,
        "organisation_zh_hans": organisation.name_zh_hans,
        "topic_en": topic_en,
        "topic_zh_hans": topic_zh,
    }
