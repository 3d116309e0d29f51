"""The programme as a spreadsheet to fill in, with what is entered already, and how to fill it in."""

from collections.abc import Iterable, Iterator
from typing import Any

from forums.models import Event, Session
from forums.services.programme.columns import (
    KIND_WORDS,
    LANGUAGE_WORDS,
    ROLE_WORDS,
    SESSION_COLUMNS,
    SPEAKER_COLUMNS,
    allowed,
    headings,
    word_of,
)
from forums.services.programme.planning import speaker_values
from portal.core.sheets import SheetPart

# Content, not interface: whoever fills the sheet in may read either language.
HELP = (
    (
        "One row is one session. The dates are those of the event, the times those of the place.",
        "一行为一个环节。日期须在活动期间，时间为当地时间。",
    ),
    (
        "Write dates as 2026-12-01 and times as 09:30. A session ends on its own day.",
        "日期格式如2026-12-01，时间格式如09:30。环节须在当日结束。",
    ),
    (
        "A title in one language is enough. Other cells may stay empty; an empty cell changes nothing.",
        "标题填写一种语言即可。其他单元格可留空；空单元格不改变已有内容。",
    ),
    (
        "Session no.: any number of yours; the sheet of speakers names the session by it.",
        "环节编号：自定编号，供“发言人”表对应环节。",
    ),
    (
        "In a downloaded workbook it is the portal’s own: leave it, and the session may get another time or room.",
        "从门户网站下载的表格中为系统编号，请勿改动；保留编号即可调整时间或会场。",
    ),
    (
        "A row with a number of yours is the same session as before when date, beginning and room are the same.",
        "使用自定编号的行，若日期、开始时间和会场与已有环节相同，即视为同一环节。",
    ),
    (
        "An event without rooms takes those of its first workbook. Later only its own rooms are known.",
        "活动尚无会场时，采用首份表格中的会场；此后只能填写已有会场。",
    ),
    ("Several languages are separated by commas.", "多种语言用逗号分隔。"),
    (
        "Speakers: one row for each in the sheet “Speakers”; they replace those that the session had.",
        "发言人：在“发言人”表中每人一行，并取代该环节原有发言人。",
    ),
    (
        "CSV: a column “Speakers” with a line for each: role | name | position | organisation | topic.",
        "CSV文件：在“发言人”列中每人一行：身份 | 姓名 | 职务 | 单位 | 题目。",
    ),
)


def programme_parts(event: Event) -> list[SheetPart]:
    """The three sheets: sessions, speakers, how to fill them in."""
    sessions = Session.objects.filter(event=event).select_related("room").prefetch_related("speakers")
    help_rows = [{"en": english, "zh": chinese} for english, chinese in (*HELP, *_word_rows())]
    return [
        SheetPart("Sessions 环节", headings(SESSION_COLUMNS), _session_rows(sessions)),
        SheetPart("Speakers 发言人", headings(SPEAKER_COLUMNS), _speaker_rows(sessions)),
        SheetPart("How to 填写说明", [("en", "How to fill in this workbook"), ("zh", "填写说明")], help_rows),
    ]


def _word_rows() -> list[tuple[str, str]]:
    return [
        ("Kinds of session: " + allowed(KIND_WORDS), "类型：见左"),
        ("Roles: " + allowed(ROLE_WORDS), "身份：见左"),
        ("Languages: " + allowed(LANGUAGE_WORDS), "语言：见左"),
    ]


def _session_rows(sessions: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for session in sessions:
        yield {
            "session": session.public_id,
            "day": session.day,
            "start": session.start_time,
            "end": session.end_time,
            "kind": word_of(KIND_WORDS, session.kind),
            "title_en": session.title_en,
            "title_zh_hans": session.title_zh_hans,
            "room_en": session.room.name_en if session.room else "",
            "room_zh_hans": session.room.name_zh_hans if session.room else "",
            "languages": ", ".join(LANGUAGE_WORDS.get(code, (code,))[0] for code in session.languages),
            "interpretation": ", ".join(LANGUAGE_WORDS.get(code, (code,))[0] for code in session.interpretation),
        }


def _speaker_rows(sessions: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for session in sessions:
        for speaker in session.speakers.all():
            values = speaker_values(speaker)
            yield {"session": session.public_id, **values, "role": word_of(ROLE_WORDS, values["role"])}
