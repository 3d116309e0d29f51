"""Dates, times and zones in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.utils import translation

from portal.core.times import format_days, format_instant, zone_label

AT = datetime(2025, 10, 21, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        ("Asia/Shanghai", "Beijing time (UTC+8)", "北京时间（UTC+8）"),
        ("Asia/Yangon", "Yangon time (UTC+6:30)", "仰光时间（UTC+6:30）"),
        ("Asia/Dili", "Dili time (UTC+9)", "帝力时间（UTC+9）"),
        ("Asia/Ho_Chi_Minh", "Hanoi time (UTC+7)", "河内时间（UTC+7）"),
        ("Asia/Jayapura", "Jayapura time (UTC+9)", "查亚普拉时间（UTC+9）"),
        ("Asia/Bangkok", "Bangkok time (UTC+7)", "曼谷时间（UTC+7）"),
        ("America/New_York", "New York time (UTC−4)", "纽约时间（UTC−4）"),
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT-8", "UTC+8", "UTC+8"),
    ],
)
def test_a_zone_is_named_by_its_city_and_its_offset(zone: str, english: str, chinese: str) -> None:
    assert zone_label(zone, AT, "en") == english
    assert zone_label(zone, AT, "zh-hans") == chinese


def test_a_zone_label_follows_daylight_saving_at_the_instant_asked_for() -> None:
    assert zone_label("Europe/London", datetime(2025, 7, 1, tzinfo=UTC), "en") == "London time (UTC+1)"
    assert zone_label("Europe/London", datetime(2025, 12, 1, tzinfo=UTC), "en") == "London time (UTC)"


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        zone_label("Asia/Nowhere", AT, "en")


def test_an_instant_is_shown_in_the_zone_asked_for_and_names_it() -> None:
    assert format_instant(AT, "Asia/Shanghai", "en") == "21 October 2025, 14:30 Beijing time (UTC+8)"
    assert format_instant(AT, "Asia/Shanghai", "zh-hans") == "2025年10月21日 14:30 北京时间（UTC+8）"
    assert format_instant(AT, "Asia/Yangon", "en") == "21 October 2025, 13:00 Yangon time (UTC+6:30)"


def test_an_instant_may_fall_on_another_day_in_another_zone() -> None:
    late = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
    assert format_instant(late, "Asia/Dili", "en") == "1 January 2026, 01:00 Dili time (UTC+9)"


def test_the_language_left_out_is_the_active_one() -> None:
    with translation.override("zh-hans"):
        assert format_instant(AT, "Asia/Shanghai") == "2025年10月21日 14:30 北京时间（UTC+8）"


@pytest.mark.parametrize(
    ("start", "end", "precision", "english", "chinese"),
    [
        (date(2025, 10, 21), date(2025, 10, 22), "day", "21–22 October 2025", "2025年10月21日至22日"),
        (date(2025, 10, 21), date(2025, 10, 21), "day", "21 October 2025", "2025年10月21日"),
        (date(2025, 10, 21), None, "day", "21 October 2025", "2025年10月21日"),
        (date(2025, 10, 30), date(2025, 11, 2), "day", "30 October – 2 November 2025", "2025年10月30日至11月2日"),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            "day",
            "30 December 2025 – 2 January 2026",
            "2025年12月30日至2026年1月2日",
        ),
        (date(2025, 10, 1), None, "month", "October 2025", "2025年10月"),
        (date(2025, 10, 1), date(2025, 10, 31), "month", "October 2025", "2025年10月"),
        (date(2025, 10, 1), date(2025, 11, 1), "month", "October – November 2025", "2025年10月至11月"),
        (date(2025, 1, 1), None, "year", "2025", "2025年"),
        (date(2025, 1, 1), date(2025, 12, 31), "year", "2025", "2025年"),
        (date(2025, 1, 1), date(2026, 12, 31), "year", "2025–2026", "2025–2026年"),
        (None, None, "day", "", ""),
    ],
)
def test_days_are_shown_as_far_as_they_are_known(
    start: date | None, end: date | None, precision: str, english: str, chinese: str
) -> None:
    assert format_days(start, end, precision, "en") == english
    assert format_days(start, end, precision, "zh-hans") == chinese
