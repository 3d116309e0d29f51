"""The facets beside the results: what there is to choose from, and how much of it under the other choices."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.portal import worded
from portal.library.enums import Adoption
from portal.library.kinds import all_kinds
from portal.library.languages import LANGUAGES
from portal.library.models import Mandate, Theme
from portal.library.querysets import CatalogueQuerySet
from portal.library.views.facet_counts import COMING, read_counts
from portal.library.views.filters import Filters

Label = str | Promise | SafeString


@dataclass
class Option:
    """One value of a facet. ``url`` chooses it, or takes the choice back when it is chosen."""

    code: str
    label: Label
    number: int
    url: str
    is_chosen: bool
    options: "list[Option]" = field(default_factory=list)


@dataclass
class Group:
    """The options of one framework period; facets without periods have one group without a title."""

    options: list[Option]
    title: Label = ""


@dataclass
class Facet:
    """One facet: ``name`` is the parameter in the address."""

    name: str
    title: Label
    groups: list[Group]

    @property
    def has_options(self) -> bool:
        return any(group.options for group in self.groups)

    @property
    def chosen(self) -> Option | None:
        """The option that is chosen, if it is one."""
        options = [option for group in self.groups for option in group.options]
        options += [topic for option in options for topic in option.options]
        return next((option for option in options if option.is_chosen), None)


@dataclass
class Facets:
    """All facets, and the number of items that fit all filters."""

    facets: list[Facet]
    total: int

    @property
    def has_options(self) -> bool:
        return any(facet.has_options for facet in self.facets)

    def unknown(self, filters: Filters) -> bool:
        """Whether a chosen value is one that no facet knows."""
        return any(getattr(filters, facet.name) and facet.chosen is None for facet in self.facets)

    def chips(self, filters: Filters) -> list[tuple[Label, str]]:
        """The chosen filters in words, each with the address of the list without it."""
        found: list[tuple[Label, str]] = []
        for facet in self.facets:
            value = getattr(filters, facet.name)
            if value:
                label = facet.chosen.label if facet.chosen else f"{facet.title}: {value}"
                found.append((label, filters.address(**{facet.name: ""})))
        return found + ([(f"“{filters.q}”", filters.address(q=""))] if filters.q else [])


def facets_of(items: CatalogueQuerySet, filters: Filters) -> Facets:
    """The facets of ``items`` (those that fit the text), in two queries: the numbers, and the themes with names."""
    counts = _Counts(items, filters)
    facets = [
        Facet("kind", _("Kind"), [Group(counts.options("kind", [(kind.code, kind.plural) for kind in all_kinds()]))]),
        Facet("theme", _("Theme"), _theme_groups(counts)),
        Facet("country", _("Country"), [Group(counts.options("country", counts.countries()))]),
        Facet("year", _("Year"), [Group(counts.options("year", counts.years()))]),
        Facet("language", _("Language of the text"), [Group(counts.options("language", LANGUAGES))]),
    ]
    kinds = counts.numbers["kind"]
    total = kinds.get(filters.kind, 0) if filters.kind else sum(kinds.values())
    return Facets(facets, total if filters.can_match() else 0)


class _Counts:
    """How many items each value of each facet has, all read at once."""

    def __init__(self, items: CatalogueQuerySet, filters: Filters) -> None:
        self.filters = filters
        self.numbers: dict[str, dict[str, int]] = defaultdict(dict)
        self.places: dict[str, tuple[int, str]] = {}
        self.coming: list[tuple[str, str]] = []
        for facet, code, label, place, number in read_counts(items, filters):
            if facet == COMING:
                self.coming.append((code, label))
            elif code is not None:
                self.numbers[facet][code] = max(number, self.numbers[facet].get(code, 0))
            if facet == "country" and code is not None:
                self.places[code] = (place, label)

    def options(self, facet: str, values: Any) -> list[Option]:
        """The values that have items or are chosen."""
        numbers = self.numbers[facet]
        return [
            self.option(facet, code, label)
            for code, label in values
            if numbers.get(code) or code == getattr(self.filters, facet)
        ]

    def option(self, facet: str, code: str, label: Label) -> Option:
        is_chosen = code == getattr(self.filters, facet)
        url = self.filters.address(**{facet: "" if is_chosen else code})
        return Option(code, label, self.numbers[facet].get(code, 0), url, is_chosen)

    def countries(self) -> list[tuple[str, str]]:
        """In protocol order."""
        return [(code, label) for code, (_place, label) in sorted(self.places.items(), key=lambda pair: pair[1])]

    def years(self) -> list[tuple[str, str]]:
        """The latest first."""
        years = {*self.numbers["year"], self.filters.year} - {""}
        return [(year, year) for year in sorted(years, reverse=True)]


def _theme_groups(counts: _Counts) -> list[Group]:
    """Periods, the latest first. A framework that is not yet adopted shows its themes before there is anything.

    Topics stand beneath a theme that is chosen, itself or by one of them: all of them at once would bury the rest.
    """
    by_framework: dict[Mandate, list[Option]] = {}
    tops: dict[int, Option] = {}
    topics: dict[int, list[Option]] = defaultdict(list)
    for theme in Theme.objects.select_related("framework").order_by("-framework__period_from", "order", "pk"):
        option = counts.option("theme", theme.code, worded(theme, "name"))
        is_coming = theme.framework.adoption == Adoption.NOT_YET
        if not option.label or not (option.number or option.is_chosen or is_coming):
            continue
        if theme.parent_id:
            topics[theme.parent_id].append(option)
        else:
            tops[theme.pk] = option
            by_framework.setdefault(theme.framework, []).append(option)
    for key, option in tops.items():
        if option.is_chosen or any(topic.is_chosen for topic in topics[key]):
            option.options = topics[key]
    groups = [Group(options, _period(framework)) for framework, options in by_framework.items()]
    coming = [_not_yet(f"{first}–{last}") for first, last in sorted(counts.coming, reverse=True)]
    named = {group.title for group in groups}
    return [*(Group([], title) for title in coming if title not in named), *groups]


def _period(framework: Mandate) -> str:
    years = [str(year) for year in (framework.period_from, framework.period_to) if year]
    period = "–".join(years) or str(framework)
    return _not_yet(period) if framework.adoption == Adoption.NOT_YET else period


def _not_yet(period: str) -> str:
    return gettext("%(period)s, not yet adopted") % {"period": period}
