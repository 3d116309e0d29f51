"""Dates and times in words, in the reader's language, with the zone always named (formats: CLDR through Babel)."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from django.conf import settings
from django.utils.translation import get_language

LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans_CN"}  # British English: the day stands before the month
DEFAULT_LANGUAGE = "en"
# Where the city that names the zone is not the one people say, or CLDR has no Chinese for it.
CITIES = {
    "Asia/Shanghai": {"en": "Beijing", "zh": "北京"},
    "Asia/Ho_Chi_Minh": {"en": "Hanoi", "zh": "河内"},
    "Asia/Yangon": {"en": "Yangon", "zh": "仰光"},
}


def office_day(at: datetime) -> date:
    """The day at the organising office at the instant ``at``."""
    return at.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE)).date()


def next_office_day(at: datetime) -> datetime:
    """The instant at which the organising office's next day begins."""
    return datetime.combine(office_day(at) + timedelta(days=1), time(), ZoneInfo(settings.OFFICE_TIME_ZONE))


def zone_label(zone_name: str, at: datetime, language: str | None = None) -> str:
    """The zone in words with its distance from UTC at the instant ``at``: "Beijing time (UTC+8)".

    ``language`` left out is the active one. Raises ``ZoneInfoNotFoundError`` for a zone that does not exist.
    """
    locale = _locale(language)
    offset = _offset(at.astimezone(ZoneInfo(zone_name)))
    city = _city(zone_name, locale)
    if not city:
        return offset
    return locale.zone_formats["fallback"] % {"1": _place_time(city, locale), "0": offset}


def format_instant(at: datetime, zone_name: str, language: str | None = None) -> str:
    """Date, time and zone: "21 October 2025, 14:30 Beijing time (UTC+8)"."""
    locale = _locale(language)
    local = at.astimezone(ZoneInfo(zone_name))
    day, clock = format_date(local, "long", locale), format_time(local, "HH:mm", locale=locale)
    moment = str(locale.datetime_formats["medium"]).replace("{1}", day).replace("{0}", clock)
    return f"{moment} {zone_label(zone_name, at, language)}"


def format_days(start: date | None, end: date | None, precision: str, language: str | None = None) -> str:
    """The days of an event as far as they are known: "21–22 October 2025", "October 2025", "2025"; "" without a start.

    ``precision`` is "day", "month" or "year"; ``end`` may be None or the same day.
    """
    return _days(start, end, precision, language or get_language() or DEFAULT_LANGUAGE) if start else ""


@lru_cache(maxsize=2_000)
def _days(start: date, end: date | None, precision: str, language: str) -> str:
    locale = _locale(language)
    skeleton = {"day": "yMMMd", "month": "yMMMM", "year": "y"}[precision]
    if end is None or end <= start:
        if precision == "day":
            return format_date(start, "long", locale)
        return format_skeleton(skeleton, start, None, locale=locale)
    return _interval(start, end, skeleton, locale)


def format_full_day(day: date, language: str | None = None) -> str:
    """The day with its weekday: "Tuesday 21 October 2025"."""
    return format_date(day, "full", _locale(language))


@lru_cache(maxsize=16)
def _parse_locale(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, language.replace("-", "_")))


def _locale(language: str | None) -> Locale:
    return _parse_locale(language or get_language() or DEFAULT_LANGUAGE)


def _offset(local: datetime) -> str:
    """The distance from UTC as people write it: UTC+8, UTC+6:30, UTC−5, UTC."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def _city(zone_name: str, locale: Locale) -> str:
    """The city that stands for the zone; "" for a zone that is only an offset ("UTC", "Etc/GMT-8")."""
    if "/" not in zone_name or zone_name.startswith("Etc/"):
        return ""
    return CITIES.get(zone_name, {}).get(locale.language) or get_timezone_location(
        zone_name, locale=locale, return_city=True
    )


def _place_time(city: str, locale: Locale) -> str:
    phrase = locale.zone_formats["region"] % city
    # CLDR writes titles ("Beijing Time"); ours stands inside sentences.
    return phrase.replace(" Time", " time") if locale.language == "en" else phrase


def _interval(start: date, end: date, skeleton: str, locale: Locale) -> str:
    formats = locale.interval_formats[skeleton]
    level = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    if level not in formats:
        return format_skeleton(skeleton, start, None, locale=locale)
    first, last = (
        format_date(day, _full_month(part), locale) for day, part in zip((start, end), formats[level], strict=True)
    )
    return re.sub(r"\s", " ", first + last)  # CLDR's thin spaces break in plain mail


def _full_month(pattern: str) -> str:
    return re.sub(r"M{3,}", "MMMM", pattern)
