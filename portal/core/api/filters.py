"""Filters of a list, as data. What is not declared, or has a value that is not allowed, is refused and named."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend

from portal.core.api.errors import Refused
from portal.core.api.languages import ALL, CODES

NAMED = 300  # how many allowed values an answer names
MAX_TEXT = 10_000
FOUR_DIGITS = re.compile(r"[0-9]{4}")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TRUE, FALSE = "true", "false"
Apply = str | Callable[[Any, Any], Any]


class Wrong(ValueError):
    """A value that may not stand; ``allowed`` says what may."""

    def __init__(self, message: str, allowed: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.allowed = allowed


@dataclass(frozen=True)
class Filter:
    """One parameter. ``apply`` is a lookup of the queryset, or a function of queryset and value.

    ``about`` describes it in the schema, in English.
    """

    name: str
    about: str
    apply: Apply

    def read(self, text: str) -> Any:
        """The value that ``text`` means; ``Wrong`` when it means none."""
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def narrow(self, queryset: QuerySet, value: Any) -> QuerySet:
        """``queryset`` narrowed by a value that was read."""
        return queryset.filter(**{self.apply: value}) if isinstance(self.apply, str) else self.apply(queryset, value)


@dataclass(frozen=True)
class Choice(Filter):
    """One of a vocabulary; a function where it is complete only when every wing has plugged in."""

    values: Sequence[str] | Callable[[], Sequence[str]] = ()

    @property
    def vocabulary(self) -> Sequence[str]:
        return self.values() if callable(self.values) else self.values

    def read(self, text: str) -> Any:
        if text not in self.vocabulary:
            raise Wrong(_("“%(value)s” is not one of the allowed values.") % {"value": text[:60]}, self.vocabulary)
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.vocabulary)}


@dataclass(frozen=True)
class Flag(Choice):
    """Yes or no."""

    values: Sequence[str] | Callable[[], Sequence[str]] = (TRUE, FALSE)

    def read(self, text: str) -> Any:
        return super().read(text.lower()) == TRUE

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Code(Filter):
    """The code of a row. ``among`` gives the rows that exist for the reader, ``field`` is the column of the code."""

    among: Callable[[], QuerySet] = QuerySet
    field: str = "slug"
    fold: Callable[[str], str] = str

    def read(self, text: str) -> str:
        code = self.fold(text)
        if not self.among().filter(**{self.field: code}).exists():
            known = self.among().values_list(self.field, flat=True)[:NAMED]
            raise Wrong(_("“%(value)s” is not one of the allowed values.") % {"value": text[:60]}, list(known))
        return code


@dataclass(frozen=True)
class Year(Filter):
    """A year of four digits."""

    first: int = 1900
    last: int = 2199

    def read(self, text: str) -> int:
        if not (FOUR_DIGITS.fullmatch(text) and self.first <= int(text) <= self.last):
            raise Wrong(_("A year has four digits."), [f"{self.first}–{self.last}"])
        return int(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.first, "maximum": self.last}


@dataclass(frozen=True)
class Day(Filter):
    """A day of the calendar."""

    def read(self, text: str) -> date:
        with suppress(ValueError):
            if ISO_DAY.fullmatch(text):  # fromisoformat also takes weeks, and days without dashes
                return date.fromisoformat(text)
        raise Wrong(_("A day is written like 2025-10-21."), ["YYYY-MM-DD"])

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


LANGUAGE = Choice(
    "lang",
    "The language of texts. Left out, `Accept-Language` decides. `all` gives every language there is.",
    lambda rows, _value: rows,
    values=(*CODES, ALL),
)
# Read by REST framework's negotiation, not here.
FORMAT = "format"


def read_parameters(query: QueryDict, filters: Iterable[Filter], also: Sequence[str] = ()) -> list[tuple[Filter, Any]]:
    """The filters that ``query`` names, with their values; an empty value is as good as none.

    ``Refused`` names every parameter that does not exist, is given twice or has a value that is not allowed.
    ``also`` names parameters that somebody else reads.
    """
    known = {one.name: one for one in (*filters, LANGUAGE)}
    fields: dict[str, str] = {}
    allowed: dict[str, Sequence[str]] = {}
    found = []
    for name, texts in query.lists():
        try:
            one = known.get(name)
            if one is None and name not in (*also, FORMAT):
                allowed["parameters"] = sorted([*known, *also])
                raise Wrong(_("There is no such parameter."))
            text = _only(texts)
            if one is not None and text:
                found.append((one, one.read(text)))
        except Wrong as wrong:
            fields[name[:60]] = str(wrong)
            if wrong.allowed:
                allowed[name] = wrong.allowed
    if fields:
        raise Refused("invalid_parameters", _("Some parameters are not right."), fields=fields, allowed=allowed)
    return found


def _only(texts: list[str]) -> str:
    if len(texts) > 1:
        raise Wrong(_("This parameter is given twice."))
    if "\0" in texts[0] or len(texts[0]) > MAX_TEXT:
        raise Wrong(_("This value cannot be read."))
    return texts[0].strip()


class DeclaredFilters(BaseFilterBackend):
    """Narrows a list by the ``filters`` of its view; tells the schema of them."""

    def filter_queryset(self, request: Any, queryset: QuerySet, view: Any) -> QuerySet:  # noqa: ARG002 - REST framework's signature
        for one, value in view.chosen if view.action == "list" else ():
            queryset = one.narrow(queryset, value)
        return queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [parameter(one) for one in view.filters]


def parameter(one: Filter) -> dict[str, Any]:
    """A filter in the words of OpenAPI."""
    return {"name": one.name, "in": "query", "required": False, "description": one.about, "schema": one.schema()}
