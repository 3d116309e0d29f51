"""Reads the cells of a programme as offices really fill them in."""

import re
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from forums.services.programme.columns import LANGUAGE_WORDS, Words, allowed, find_word

HAN = re.compile("[\u3400-\u9fff]")
CLOCK = re.compile(
    r"(?P<noon>上午|下午|晚上|中午)?\s*(?P<hour>\d{1,2})\s*(?:[:：.时点h]\s*(?P<minute>\d{1,2})?\s*分?(?::00)?)?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
AFTERNOON = ("下午", "晚上")
BREAKS = re.compile(r"[,;，；、/\n]| and | 和 ")
MINUTE, HOURS, NOON = 60, 24, 12
SERIAL = range(20_000, 80_000)  # the numbers by which spreadsheets know the days from 1954 to 2119


class CellError(ValueError):
    """A cell that cannot be read; the text says why and what to write."""


def read_day(value: Any) -> date:
    """A day, from a date cell, its serial number or text such as 2026-12-01 or 2026年12月1日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and value in SERIAL:
        return from_excel(value).date()
    if value == "":
        raise CellError(_("The date is missing."))
    raise CellError(
        _("Date “{text}”: write it as {example}.").format(text=value, example=date(2026, 12, 1).isoformat())
    )


def read_time(value: Any) -> time:
    """A time of the day, from a time cell, the fraction of a day that Excel keeps, or text such as 9:30 or 下午2:30."""
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * HOURS * MINUTE)
        if minutes < HOURS * MINUTE:
            return time(*divmod(minutes, MINUTE))
    if value == "":
        raise CellError(_("The time is missing."))
    return _written_time(str(value))


def read_languages(text: str) -> list[str]:
    """The codes of a list of languages."""
    found = []
    for word in filter(None, (part.strip() for part in BREAKS.split(text))):
        code = find_word(LANGUAGE_WORDS, word)
        if code is None:
            raise CellError(unknown(_("Language"), word, LANGUAGE_WORDS))
        found.append(code)
    return list(dict.fromkeys(found))


def unknown(what: str, text: str, words: Words) -> str:
    """Says of a word that it is not one of those that may stand there, and which may."""
    return _("{what} “{text}” is not known. Write one of: {words}.").format(what=what, text=text, words=allowed(words))


def by_language(raw: dict[str, str], name: str) -> dict[str, str]:
    """A text whose column leaves the language open goes where its script says; a column that says it wins."""
    found = {}
    if text := raw.get(name, ""):
        found[f"{name}_{'zh_hans' if HAN.search(text) else 'en'}"] = text
    for code in ("en", "zh_hans"):
        if raw.get(f"{name}_{code}"):
            found[f"{name}_{code}"] = raw[f"{name}_{code}"]
    return found


def _written_time(text: str) -> time:
    found = CLOCK.fullmatch(text.strip())
    whole = found and (found["minute"] or found["half"] or found["noon"] or re.search("[时点h]", text))
    if found and whole:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        half = (found["half"] or "").lower()
        if (half.startswith("p") or found["noon"] in AFTERNOON) and hour < NOON:
            hour += NOON
        elif half.startswith("a") and hour == NOON:
            hour = 0
        if hour < HOURS and minute < MINUTE:
            return time(hour, minute)
        if (hour, minute) == (HOURS, 0):
            raise CellError(_("Time “{text}”: a session ends on its own day, so write 23:59.").format(text=text))
    raise CellError(_("Time “{text}”: write it as 09:30.").format(text=text))
