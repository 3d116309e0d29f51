"""What a reader chose from the results: the parameters of the address, read and written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from portal.library.kinds import find_kind
from portal.library.languages import LANGUAGE_ORDER
from portal.library.models import CatalogueItem, CatalogueLanguage, Theme
from portal.library.querysets import CatalogueQuerySet

QUERY_LENGTH = 200  # longer texts are cut: nobody reads so much in an address
CODE = re.compile(r"[A-Za-z0-9_-]{1,80}")
YEAR = re.compile(r"(19|20)[0-9]{2}")
ITEM = "catalogueitem"
COUNTRIES: Any = CatalogueItem.countries.through
THEMES: Any = CatalogueItem.themes.through
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Filters:
    """One value for each facet, "" for all of it, and the text that is looked for."""

    kind: str = ""
    theme: str = ""
    country: str = ""
    year: str = ""
    language: str = ""
    q: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Filters":
        """The filters that stand in a query; control characters and what is too long to be meant are cut off."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: CONTROL.sub(" ", data.get(name, ""))[:QUERY_LENGTH].strip() for name in names})

    def chosen(self) -> dict[str, str]:
        """Those that are set, by name, in the order of the page."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}

    def query(self, **changes: str) -> str:
        """The query with some values changed: ``?kind=document``; "" for everything."""
        chosen = replace(self, **changes).chosen()
        return "?" + urlencode(chosen) if chosen else ""

    def address(self, **changes: str) -> str:
        """The same as a link on the page of the list itself, where an empty one would keep the present query."""
        return self.query(**changes) or "?"

    def can_match(self) -> bool:
        """False when a value cannot be one, whatever the database holds."""
        return (
            (not self.kind or find_kind(self.kind) is not None)
            and (not self.language or self.language in LANGUAGE_ORDER)
            and (not self.year or YEAR.fullmatch(self.year) is not None)
            and all(not code or CODE.fullmatch(code) for code in (self.theme, self.country))
        )

    def narrow(self, items: CatalogueQuerySet, *, but: str = "") -> CatalogueQuerySet:
        """Those of ``items`` that fit every filter except the one named ``but`` and except the text."""
        if not self.can_match():
            return items.none()
        for name in self.chosen():
            if name in CONDITIONS and name != but:
                items = items.filter(CONDITIONS[name](getattr(self, name)))
        return items


def _items_of_theme(code: str) -> Any:
    """The items of a theme and of the topics beneath it."""
    themes = Theme.objects.filter(Q(code=code) | Q(parent__code=code))
    return THEMES.objects.filter(theme__in=themes).values(ITEM)


# Made only for what was chosen: to build the one of a theme takes longer than to answer it.
CONDITIONS: dict[str, Callable[[str], Q]] = {
    "kind": lambda code: Q(kind=code),
    "theme": lambda code: Q(pk__in=_items_of_theme(code)),
    "country": lambda code: Q(pk__in=COUNTRIES.objects.filter(country__code=code).values(ITEM)),
    "year": lambda year: Q(year=year),
    "language": lambda code: Q(pk__in=CatalogueLanguage.objects.filter(language=code).values("item")),
}
