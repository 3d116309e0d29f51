"""The facets beside the results: what there is to choose from, and how much of it under the other choices."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from portal.core.templatetags.portal import worded
from portal.directory.models import Country
from portal.library.enums import Adoption
from portal.library.kinds import all_kinds
from portal.library.languages import LANGUAGES
from portal.library.models import CatalogueItem, Mandate, Theme
from portal.library.querysets import CatalogueQuerySet
from portal.library.views.filters import ITEM, Filters

COLUMNS = ("facet", "value", "label", "place", "number")
LAST = 9_999  # behind every country that has a place in protocol order
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
        for facet, code, label, place, number in _arms(items, filters):
            if code is not None:
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
        return [(year, year) for year in sorted(self.numbers["year"], reverse=True)]


def _arms(items: CatalogueQuerySet, filters: Filters) -> Any:
    """Rows of facet, value, label, place and number, as one query of one arm a facet."""
    countries = {
        "label": _country_name("countries__"),
        "place": Coalesce(F("countries__order_members_then_china"), Value(LAST)),
    }
    arms = [
        _arm(filters.narrow(items, but="kind"), "kind", F("kind")),
        _arm(filters.narrow(items, but="country"), "country", F("countries__code"), **countries),
        _arm(filters.narrow(items, but="year"), "year", Cast("year", CharField())),
        _arm(filters.narrow(items, but="language"), "language", F("languages__language")),
    ]
    themes = CatalogueItem.themes.through.objects.filter(catalogueitem__in=filters.narrow(items, but="theme"))
    arms += [
        _arm(themes, "theme", Coalesce("theme__parent__code", "theme__code"), counted=ITEM),
        _arm(themes.filter(theme__parent__isnull=False), "theme", F("theme__code"), counted=ITEM),
    ]
    if filters.can_match() and filters.country:
        arms.append(_chosen_country(filters.country))
    return arms[0].union(*arms[1:], all=True)


def _arm(rows: QuerySet, facet: str, code: Any, *, counted: str = "pk", label: Any = None, place: Any = None) -> Any:
    values = {"facet": Value(facet), "value": code, "label": label or Value(""), "place": place or Value(0)}
    grouped = rows.order_by().values(**values).annotate(number=Count(counted, distinct=True))
    return grouped.values_list(*COLUMNS)


def _chosen_country(code: str) -> Any:
    """The chosen country has its name even when nothing of it fits the other filters."""
    values = {
        "facet": Value("country"),
        "value": F("code"),
        "label": _country_name(),
        "place": Coalesce(F("order_members_then_china"), Value(LAST)),
        "number": Value(0, IntegerField()),
    }
    # Not by the model's own manager, which puts columns in an order of its own (modeltranslation).
    return QuerySet(Country).filter(code=code).order_by().values(**values).values_list(*COLUMNS)


def _country_name(path: str = "") -> Coalesce:
    own = build_localized_fieldname("name", get_language() or "en")
    return Coalesce(F(path + own), F(path + "name_en"), Value(""), output_field=CharField())


def _theme_groups(counts: _Counts) -> list[Group]:
    """Periods, the latest first. A framework that is not yet adopted shows its themes before there is anything."""
    by_framework: dict[Mandate, list[Option]] = {}
    tops: dict[int, Option] = {}
    themes = list(Theme.objects.select_related("framework").order_by("-framework__period_from", "order", "pk"))
    for theme in sorted(themes, key=lambda theme: theme.parent_id is not None):
        option = counts.option("theme", theme.code, worded(theme, "name"))
        is_coming = theme.framework.adoption == Adoption.NOT_YET
        if not option.label or not (option.number or option.is_chosen or is_coming):
            continue
        if theme.parent_id is None:
            tops[theme.pk] = option
            by_framework.setdefault(theme.framework, []).append(option)
        elif theme.parent_id in tops:
            tops[theme.parent_id].options.append(option)
    return [Group(options, _period(framework)) for framework, options in by_framework.items()]


def _period(framework: Mandate) -> Label:
    years = [str(year) for year in (framework.period_from, framework.period_to) if year]
    period = "–".join(years) or str(framework)
    if framework.adoption == Adoption.NOT_YET:
        return gettext("%(period)s, not yet adopted") % {"period": period}
    return period
