"""When a message that keeps the window may go: working hours of working days where its recipient is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from portal.mail.models import Holiday

LOOK_AHEAD_DAYS = 60
SATURDAY = 5


def next_opening(at: datetime, zone_name: str, country_id: int | None = None) -> datetime:
    """``at`` itself within working hours (Monday to Friday, no holiday of the country), else the next opening."""
    zone = _zone(zone_name)
    today = at.astimezone(zone).date()
    opens, closes = (time(hour) for hour in settings.MAIL_WINDOW_HOURS)
    days = [today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS)]
    holidays = _holidays(country_id, days[0], days[-1]) if country_id else set()
    for day in days:
        is_working_day = day.weekday() < SATURDAY and day not in holidays
        if is_working_day and at < datetime.combine(day, closes, zone):
            return max(at, datetime.combine(day, opens, zone))
    return at  # two months without a working day are a mistake in the table; a message is not kept for ever


def _holidays(country_id: int, first: date, last: date) -> set[date]:
    within = Holiday.objects.filter(country_id=country_id, day__range=(first, last))
    return set(within.values_list("day", flat=True))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or settings.OFFICE_TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.OFFICE_TIME_ZONE)
