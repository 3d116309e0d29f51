"""The numbers of all facets, read at once."""

from typing import Any

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from portal.directory.models import Country
from portal.library.enums import Adoption, MandateKind, PublishingStatus
from portal.library.models import Mandate
from portal.library.querysets import CatalogueQuerySet
from portal.library.views.filters import ITEM, THEMES, Filters

COLUMNS = ("facet", "value", "label", "place", "number")
COMING = "coming"
LAST = 9_999  # behind every country that has a place in protocol order


def read_counts(items: CatalogueQuerySet, filters: Filters) -> Any:
    """Rows of ``COLUMNS`` for every value of every facet that fits the other filters, in one query of one arm a facet.

    ``label`` and ``place`` are those of countries. Rows of ``COMING`` are the years of strategies not yet adopted.
    """
    countries: dict[str, Any] = {
        "label": _country_name("countries__"),
        "place": Coalesce(F("countries__order_members_then_china"), Value(LAST)),
    }
    arms = [
        _arm(filters.narrow(items, but="kind"), "kind", F("kind")),
        _arm(filters.narrow(items, but="country"), "country", F("countries__code"), **countries),
        _arm(filters.narrow(items, but="year"), "year", Cast("year", CharField())),
        _arm(filters.narrow(items, but="language"), "language", F("languages__language")),
    ]
    themes = THEMES.objects.filter(catalogueitem__in=filters.narrow(items, but="theme"))
    arms += [
        _arm(themes, "theme", Coalesce("theme__parent__code", "theme__code"), counted=ITEM),
        _arm(themes.filter(theme__parent__isnull=False), "theme", F("theme__code"), counted=ITEM),
    ]
    arms.append(_coming_frameworks())
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


def _coming_frameworks() -> Any:
    """First and last year of the public strategies that are not yet adopted: they may have no theme yet."""
    years = {"value": Cast("period_from", CharField()), "label": Cast("period_to", CharField())}
    found: QuerySet[Mandate] = QuerySet(Mandate).filter(
        status=PublishingStatus.PUBLISHED,
        kind=MandateKind.STRATEGY,
        adoption=Adoption.NOT_YET,
        period_from__isnull=False,
        period_to__isnull=False,
    )
    values = {"facet": Value(COMING), **years, "place": Value(0), "number": Value(0, IntegerField())}
    return found.order_by().values(**values).values_list(*COLUMNS)


def _country_name(path: str = "") -> Coalesce:
    own = build_localized_fieldname("name", get_language() or "en")
    return Coalesce(F(path + own), F(path + "name_en"), Value(""), output_field=CharField())
