"""How a thing is cited, in the reader's language."""

from datetime import date

from django.conf import settings
from django.utils.translation import get_language


def cite(*, title: str, by: str, year: int | str | None, address: str, publisher: str = "") -> str:
    """ "By (year). Title. Publisher. Address" – without what is not known; by and publisher are not said twice."""
    is_chinese = get_language() == "zh-hans"
    around = f"（{year}）" if is_chinese else f" ({year})"
    first = by + (around if year else "") if by else ""
    if not by and year:
        title += around
    parts = [first, title, publisher if publisher != by else "", settings.BASE_URL + address]
    return ("。" if is_chinese else ". ").join(part.rstrip(".。") for part in parts if part)


def year_of(day: date | None) -> int | None:
    return day.year if day else None
