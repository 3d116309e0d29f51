from datetime import UTC, date, datetime

import pytest

from portal.mail.models import Holiday
from portal.mail.window import next_opening
from tests.factories import CountryFactory


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "at", "opening"),
    [
        ("Asia/Yangon", utc(2, 1, 29), utc(2, 1, 30)),  # 07:59 -> 08:00 at +06:30
        ("Asia/Yangon", utc(2, 11, 29), utc(2, 11, 29)),  # 17:59
        ("Asia/Yangon", utc(2, 11, 30), utc(3, 1, 30)),  # 18:00
        ("Asia/Dili", utc(2, 9), utc(2, 23)),  # 18:00 at +09:00 -> 08:00 the next day
        ("Asia/Dili", utc(3, 23), utc(3, 23)),  # Friday 08:00 there, Thursday in UTC
        ("Asia/Jakarta", utc(4, 11), utc(7, 1)),  # Friday 18:00 -> Monday 08:00 at +07:00
        ("Asia/Jakarta", utc(5, 4), utc(7, 1)),  # Saturday noon
        ("Mars/Phobos", utc(2, 12), utc(3, 0)),  # an unknown zone: the office's
        ("", utc(2, 4), utc(2, 4)),
    ],
)
def test_the_window_opens_in_the_recipients_working_hours(zone, at, opening):
    assert next_opening(at, zone) == opening


@pytest.mark.django_db
def test_a_holiday_of_the_country_is_no_working_day_and_one_elsewhere_is():
    thailand, laos = CountryFactory(), CountryFactory(code="LA", name_en="Lao PDR", name_zh_hans="老挝")
    Holiday.objects.create(country=laos, day=date(2026, 12, 2))
    assert next_opening(utc(2, 4), "Asia/Bangkok", laos.pk) == utc(3, 1)
    assert next_opening(utc(2, 4), "Asia/Bangkok", thailand.pk) == utc(2, 4)
