"""A programme of the size that a forum has: two days, three rooms side by side, sixty sessions, eighty speakers."""

import io
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from forums.services.programme.columns import SESSION_COLUMNS, SPEAKER_COLUMNS, headings
from portal.core.sheets import SheetPart, write_workbook

ROOMS = (("Mangrove Hall", "红树林厅"), ("Coral Room", "珊瑚厅"), ("Seagrass Room", "海草厅"))
TOPICS = (
    ("mangrove restoration", "红树林修复"),
    ("marine litter", "海洋垃圾"),
    ("green cities", "绿色城市"),
    ("air quality", "空气质量"),
)
SLOTS = 8  # parallel slots a day; with what stands around them thirty sessions
SPEAKERS = 80


def sessions(first_day: date) -> list[dict[str, Any]]:
    """The rows of the sheet of sessions: numbered from 1."""
    rows: list[dict[str, Any]] = []
    for number in range(2):
        rows += _day(first_day + timedelta(days=number), opens=number == 0)
    for number, row in enumerate(rows, 1):
        row["session"] = number
    return rows


def speakers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Eighty people, one after the other into the sessions that are no pause."""
    places = [row["session"] for row in rows if row["kind"] not in ("Break", "Reception or meal")]
    return [_speaker(number, places[number % len(places)], number // len(places)) for number in range(SPEAKERS)]


def programme_workbook(first_day: date) -> io.BytesIO:
    """The workbook as an office would upload it."""
    rows = sessions(first_day)
    parts = [
        SheetPart("Sessions", headings(SESSION_COLUMNS), rows),
        SheetPart("Speakers", headings(SPEAKER_COLUMNS), speakers(rows)),
    ]
    file = io.BytesIO(b"".join(write_workbook(parts)))
    file.name = "programme.xlsx"
    return file


def _day(day: date, *, opens: bool) -> list[dict[str, Any]]:
    kind, title = ("Opening", ("Opening", "开幕式")) if opens else ("Plenary", ("The second day", "第二天全体会议"))
    rows = [_session(day, (time(8, 30), time(9)), kind, title, ROOMS[0])]
    clocks = list(_clocks())
    for number, (start, end) in enumerate(clocks[:SLOTS]):
        for turn, room in enumerate(ROOMS):
            topic = TOPICS[(number + turn) % len(TOPICS)]
            title = (
                f"Parallel session {number + 1}.{turn + 1}: {topic[0]}",
                f"平行会议{number + 1}.{turn + 1}：{topic[1]}",
            )
            rows.append(_session(day, (start, end), "Parallel session", title, room))
    rows += [
        _session(day, (time(10, 20), time(10, 40)), "Break", ("Coffee", "茶歇"), None),
        _session(day, (time(12), time(13, 30)), "Reception or meal", ("Lunch", "午餐"), None),
        _session(day, (time(15, 10), time(15, 30)), "Break", ("Tea", "茶歇"), None),
        _session(day, (time(17, 10), time(17, 40)), "Plenary", ("Reports of the rooms", "分会场汇报"), ROOMS[0]),
        _session(day, (time(18, 30), time(20, 30)), "Reception or meal", ("Dinner", "晚宴"), None),
    ]
    return rows


def _clocks() -> Iterator[tuple[time, time]]:
    """Slots of forty minutes around the pauses; touching ends are no clash."""
    for first, count in ((time(9), 2), (time(10, 40), 2), (time(13, 30), 2), (time(15, 30), 2)):
        minute = first.hour * 60 + first.minute
        for turn in range(count):
            yield _at(minute + 40 * turn), _at(minute + 40 * (turn + 1))


def _at(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def _session(
    day: date, clock: tuple[time, time], kind: str, title: tuple[str, str], room: tuple[str, str] | None
) -> dict[str, Any]:
    return {
        "day": day,
        "start": clock[0],
        "end": clock[1],
        "kind": kind,
        "title_en": title[0],
        "title_zh_hans": title[1],
        "room_en": room[0] if room else "",
        "room_zh_hans": room[1] if room else "",
        "languages": "English, Chinese" if room else "",
        "interpretation": "Chinese" if kind == "Plenary" else "",
    }


def _speaker(number: int, session: int, turn: int) -> dict[str, Any]:
    topic = TOPICS[number % len(TOPICS)]
    return {
        "session": session,
        "role": "Speaker" if turn else "Chair",
        "name_en": f"Demo Speaker {number + 1}",
        "name_zh_hans": f"演示发言人{number + 1}",
        "position_en": "Director",
        "position_zh_hans": "司长",
        "organisation_en": f"Demonstration Institute {number % 11 + 1}",
        "organisation_zh_hans": f"演示研究所{number % 11 + 1}",
        "topic_en": f"What we learned about {topic[0]}" if turn else "",
        "topic_zh_hans": f"{topic[1]}的经验" if turn else "",
    }
