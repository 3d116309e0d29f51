"""Instants typed in the zone of an event, not in the officer's."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSplitDateTimeWidget

from portal.core.times import zone_label
from portal.directory.models import Country

END_OF_DAY = time(23, 59)


class WallTimeField(forms.MultiValueField):
    """A date and a time as a clock on the wall shows them; the value is naive until the zone is known.

    A date alone means the end of that day, which is what a deadline "by 5 March" means.
    """

    widget = UnfoldAdminSplitDateTimeWidget

    def __init__(self, **options: Any) -> None:
        fields = (forms.DateField(), forms.TimeField(required=False))
        super().__init__(fields, require_all_fields=False, **options)

    def compress(self, data_list: list[Any]) -> datetime | None:
        day: date | None = data_list[0] if data_list else None
        clock: time | None = data_list[1] if len(data_list) > 1 else None
        if day is None and clock is not None:
            raise ValidationError(_("Enter the day as well."))
        return datetime.combine(day, clock or END_OF_DAY) if day else None


def to_wall(instant: datetime | None, zone: str) -> datetime | None:
    """What the clocks of ``zone`` show at ``instant``."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if instant else None


def from_wall(wall: datetime | None, zone: str) -> datetime | None:
    """The instant at which the clocks of ``zone`` show ``wall``."""
    return wall.replace(tzinfo=ZoneInfo(zone)) if wall else None


def zone_choices() -> list[tuple[str, Any]]:
    """Every zone: those of the parties first, in words, then all others by name. One query."""
    now = timezone.now()
    own = list(dict.fromkeys(zone for country in Country.objects.parties().in_order() for zone in country.time_zones))
    others = sorted(zone for zone in available_timezones() if "/" in zone and zone not in own)
    return [
        (str(_("Countries of the programme")), [(zone, f"{zone_label(zone, now)} – {zone}") for zone in own]),
        (str(_("All others")), [("UTC", "UTC"), *((zone, zone) for zone in others if not zone.startswith("Etc/"))]),
    ]
