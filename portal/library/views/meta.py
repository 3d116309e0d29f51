"""What a page says of itself to search engines and to whoever shows a link to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from portal.core.enums import DatePrecision

DESCRIPTION_LENGTH = 200
LOCALES = {"en": "en_GB", "zh-hans": "zh_CN"}
# As Django's own json_script: nothing in a value ends the element it stands in.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Meta:
    """Takes plain text (HTML is stripped). ``address`` is the path of the page, "" for the one that is shown.

    ``data`` is the JSON-LD of the thing without ``@context``, ``url``, ``name`` and ``description``.
    """

    title: str
    description: str = ""
    address: str = ""
    image: str = ""
    kind: str = "website"  # of OpenGraph: website, article
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The description in one line."""
        return Truncator(" ".join(strip_tags(self.description or self.title).split())).chars(DESCRIPTION_LENGTH)

    @property
    def locale(self) -> str:
        return LOCALES.get(get_language() or "en", "en_GB")

    @property
    def image_url(self) -> str:
        return settings.BASE_URL + self.image if self.image else ""

    def json_ld(self, url: str) -> SafeString:
        """The JSON-LD for ``url``, safe inside a script element; "" without data."""
        if not self.data:
            return SafeString("")
        named = {"@context": "https://schema.org", "url": url, "name": self.title, "description": self.short}
        whole = {name: value for name, value in {**named, **self.data}.items() if value}
        text = json.dumps(whole, ensure_ascii=False).translate(ESCAPES)
        return mark_safe(text)  # noqa: S308 - every character that could end the element is escaped


def schema_date(day: date | None, precision: str) -> str:
    """A date as far as it is known: "2025", "2025-10", "2025-10-21"; "" without one."""
    if day is None:
        return ""
    length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}[DatePrecision(precision)]
    return day.isoformat()[:length]


def organisation(name: str) -> dict[str, str]:
    """JSON-LD of an organisation; empty without a name."""
    return {"@type": "Organization", "name": name} if name else {}
