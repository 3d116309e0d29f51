"""Finds the header row of a sheet and which of its headings mean what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.folding import fold
from portal.core.sheets.errors import SheetError

HEADER_ROWS = 10  # titles and notes stand above the header, but not more than this
CHINESE = re.compile(r"[\u3400-\u9fff]+")
BREAKS = re.compile(r"[\n/|()\[\]:;,*]|\uff08|\uff09|\uff1a|\uff0c|\u3001")


@dataclass(frozen=True)
class Column:
    """One column an import understands, under any of ``headings`` (or its code), in whatever case and punctuation.

    ``is_date``: text in the column that reads as a date becomes a ``date``.
    """

    code: str
    headings: tuple[str, ...]
    required: bool = False
    is_date: bool = False


@dataclass(frozen=True)
class Header:
    """Where the header ends (row number, from 1), which place holds which column, and what was not understood."""

    last_row: int
    places: dict[int, Column]
    unknown: tuple[str, ...]


def find_header(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> Header | None:
    """The header among the first rows: the row, or pair of rows under merged cells, with the most known headings.

    None when no row holds a known heading.
    """
    names = _names(columns)
    best: Header | None = None
    for start in range(len(rows)):
        for length in (1, 2):
            header = _read_header(rows, start, length, names)
            if header.places and (best is None or len(header.places) > len(best.places)):
                best = header
    return best


def check_required(header: Header, columns: Sequence[Column]) -> None:
    """Raises ``SheetError`` that names the required columns the header lacks."""
    found = {column.code for column in header.places.values()}
    missing = [column.headings[0] for column in columns if column.required and column.code not in found]
    if missing:
        raise SheetError(
            format_lazy(
                _("These columns are missing: {names}. Put their headings into the header row and upload again."),
                names=", ".join(missing),
            )
        )


def _names(columns: Sequence[Column]) -> dict[str, Column]:
    return {_key(heading): column for column in columns for heading in (column.code, *column.headings)}


def _key(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _readings(text: str) -> Iterable[str]:
    """The ways to read one heading: whole, its parts, its Chinese alone, the rest alone ("姓名 Name")."""
    yield text
    yield from BREAKS.split(text)
    yield "".join(CHINESE.findall(text))
    yield CHINESE.sub(" ", text)


def _match(text: str, names: dict[str, Column]) -> Column | None:
    return next((names[key] for key in map(_key, _readings(text)) if key in names), None)


def _read_header(rows: Sequence[Sequence[Any]], start: int, length: int, names: dict[str, Column]) -> Header:
    places: dict[int, Column] = {}
    unknown: list[str] = []
    taken = rows[start : start + length]
    for place in range(max((len(row) for row in taken), default=0)):
        # Under a merged heading the lower row says more ("Contact" over "E-mail" and "Phone").
        texts = [str(row[place]).strip() for row in reversed(taken) if place < len(row) and row[place] is not None]
        texts = [text for text in texts if text]
        column = next((found for text in texts if (found := _match(text, names))), None)
        if column is not None and column not in places.values():
            places[place] = column
        elif texts:
            unknown.append(texts[-1])
    return Header(start + len(taken), places, tuple(unknown))
