"""The values of cells, on their way in and on their way out."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

MAX_TEXT = 32_767  # what one cell of a spreadsheet may hold
# What a spreadsheet program takes for a formula, also after blanks and in full width.
FORMULA = re.compile(r"[\s\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
GUARDED = re.compile(rf"'(?={FORMULA.pattern})")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
WRITTEN_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def read_value(value: Any, *, is_date: bool = False) -> Any:
    """A cell as an import gets it: text stripped, whole numbers as ``int``, a moment at midnight as ``date``.

    The apostrophe that our own writer puts before "+86 …" is taken off again. An empty cell is "".
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _read_text(value, is_date=is_date)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, timedelta):
        return str(value)
    return value


def plain_value(value: Any) -> Any:
    """A value as a cell can hold it: numbers, dates and moments stay what they are (moments in the present time zone,
    without naming it), everything else becomes printable text of a length a cell can hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | date | time):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        value = ", ".join(str(item) for item in value)
    text = UNPRINTABLE.sub("", str(value).replace("\r\n", "\n"))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program may take ``text`` for a formula or a command."""
    return bool(FORMULA.match(text))


def _read_text(text: str, *, is_date: bool) -> Any:
    text = GUARDED.sub("", text.strip(), count=1)
    text = UNPRINTABLE.sub("", text).strip()
    return (_written_date(text) or text) if is_date else text


def _written_date(text: str) -> date | None:
    found = WRITTEN_DATE.fullmatch(text)
    try:
        return parse_date("{}-{:0>2}-{:0>2}".format(*found.groups())) if found else None
    except ValueError:  # the 31st of a month of thirty days stays text, for the import to refuse by name
        return None
