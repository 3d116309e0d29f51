"""Fields of answers that the house needs again and again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from modeltranslation.utils import build_localized_fieldname
from rest_framework import serializers

from portal.core.api.languages import CODES, Languages

LENGTHS = {"year": 4, "month": 7, "day": 10}  # of 2025-10-21, as far as it is known
TEXT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "description": "Text by its language. One entry, in the language asked for or, where that is missing, in the one "
    "that stands in; every language there is with `lang=all`; empty when nothing was written.",
    "example": {"en": "Text"},
}
DATE_SCHEMA = {
    "type": "string",
    "nullable": True,
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "description": "As far as it is known: 2025-10-21, 2025-10 or 2025.",
    "example": "2025-10-21",
}
INSTANT_SCHEMA = {"type": "string", "format": "date-time", "nullable": True, "example": "2025-10-21T09:00:00+06:30"}


class Whole(serializers.Field):
    """A field made from the whole object by a function of it."""

    def __init__(self, make: Callable[[Any], Any] | None = None, **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.make = make

    @property
    def name(self) -> str:
        """The name of what it is made from: ``source``, which is set once the field is bound."""
        return str(self.source)

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, value: Any) -> Any:
        return self.make(value) if self.make else None


@extend_schema_field(TEXT_SCHEMA)
class Translated(Whole):
    """A translated field as ``{language: text}`` (see ``Languages.pick``)."""

    def to_representation(self, value: Any) -> dict[str, str]:
        return self.of(value, self.name, self.context["languages"])

    @staticmethod
    def of(obj: Any, name: str, languages: Languages) -> dict[str, str]:
        """The field ``name`` of any object."""
        return languages.pick({code: getattr(obj, build_localized_fieldname(name, code)) for code in CODES})


@extend_schema_field(DATE_SCHEMA)
class PartialDate(Whole):
    """A date cut to what is known of it; ``precision`` names the field that says how much that is."""

    def __init__(self, precision: str = "day_precision", **options: Any) -> None:
        super().__init__(**options)
        self.precision = precision

    def to_representation(self, value: Any) -> str | None:
        day: date | None = getattr(value, self.name)
        return day.isoformat()[: LENGTHS[getattr(value, self.precision)]] if day else None


@extend_schema_field(INSTANT_SCHEMA)
class Instant(Whole):
    """A moment with the offset of its place; ``zone`` finds the zone of an object, UTC when left out."""

    def __init__(self, zone: Callable[[Any], tzinfo] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.zone = zone

    def to_representation(self, value: Any) -> str | None:
        moment: datetime | None = getattr(value, self.name)
        return moment.astimezone(self.zone(value) if self.zone else UTC).isoformat() if moment else None


@extend_schema_field({"type": "string", "format": "uri", "nullable": True})
class Link(Whole):
    """A whole address from a function that gives a path, or nothing."""

    def to_representation(self, value: Any) -> str | None:
        return absolute(super().to_representation(value))


@extend_schema_field({"type": "string", "format": "uri", "nullable": True})
class Website(Whole):
    """An address elsewhere, null where none is stored."""

    def to_representation(self, value: Any) -> str | None:
        return getattr(value, self.name) or None


@extend_schema_field({"type": "string", "format": "uri"})
class Self(Whole):
    """The address of the object in the API, by the name of its route and the field that stands in it."""

    def __init__(self, route: str, field: str = "slug", **options: Any) -> None:
        options.setdefault("help_text", "This record in the API.")
        super().__init__(**options)
        self.route, self.field = route, field

    def to_representation(self, value: Any) -> str:
        return f"{settings.BASE_URL}{reverse(f'api:{self.route}', args=[getattr(value, self.field)])}"


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class Codes(Whole):
    """The codes of related rows that were fetched with the object; ``source`` is the relation."""

    def __init__(self, field: str = "code", **options: Any) -> None:
        super().__init__(**options)
        self.field = field

    def to_representation(self, value: Any) -> list[str]:
        rows: Any = getattr(value, self.name)
        return [getattr(row, self.field) for row in (rows if isinstance(rows, list) else rows.all())]


def absolute(path: str | None) -> str | None:
    """``path`` of this portal with its host; what is empty stays so."""
    return f"{settings.BASE_URL}{path}" if path else None
