"""The results of the programme with their facets, and the search over everything public."""

from collections.abc import Sequence

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.pagecache import public_page, valid_until
from portal.library.models import CatalogueItem
from portal.library.querysets import CatalogueQuerySet
from portal.library.search.query import search as search_items
from portal.library.search.query import terms_of
from portal.library.views.facets import Facets, facets_of
from portal.library.views.filters import Filters
from portal.library.views.meta import Meta
from portal.library.views.rows import Row, rows_of, with_all

ROWS_PER_PAGE = 20
FILTERS = ("kind", "theme", "country", "year", "language", "q")


class Listing(Paginator):
    """A paginator whose number of items is known already."""

    def __init__(self, items: CatalogueQuerySet, total: int) -> None:
        super().__init__(items, ROWS_PER_PAGE)
        self.count = total  # Django computes it where nobody has set it


@public_page(parameters=(*FILTERS, "page"))
def results(request: HttpRequest) -> HttpResponse:
    """What came of the programme. Facets and text narrow it down; an unknown value or page gives an empty list."""
    at, filters = timezone.now(), Filters.read(request.GET)
    items = CatalogueItem.objects.public(at).results()
    found = search_items(filters.q, items) if filters.q else None
    items = found.items if found else items
    facets = facets_of(items, filters)
    page = _page(request, Listing(with_all(filters.narrow(items)), facets.total))
    valid_until(request, CatalogueItem.objects.next_change(at))
    suggestion = found.suggestion if found and not facets.total else ""
    context = {
        "filters": filters,
        "facets": facets,
        "chips": facets.chips(filters),
        "page": page,
        "rows": _rows(page, found.terms if found else ()),
        "why_empty": _why_empty(filters, facets, page),
        "suggestion": suggestion,
        "suggestion_url": filters.address(q=suggestion),
        "feed": reverse("results-feed", args=[get_language()]) + filters.query(),
        "meta": Meta(_("Results"), _("What came of the environmental cooperation between China and ASEAN.")),
    }
    return render(request, "library/results.html", context)


@public_page(parameters=("q", "page"))
def search(request: HttpRequest) -> HttpResponse:
    """Everything public: results, events, mandates, strands. Without a word to look for, a hint."""
    at, text = timezone.now(), Filters.read(request.GET).q
    found = search_items(text, CatalogueItem.objects.public(at))
    page = None if found.is_empty_query else _page(request, Paginator(with_all(found.items), ROWS_PER_PAGE))
    valid_until(request, CatalogueItem.objects.next_change(at))
    hits = page.paginator.count if page is not None else None
    suggestion = found.suggestion if hits == 0 else ""
    context = {
        "text": text,
        "is_empty": found.is_empty_query,
        "page": page,
        "hits": hits,
        "rows": _rows(page, found.terms),
        "suggestion": suggestion,
        "suggestion_url": Filters(q=suggestion).address(),
        "first_url": Filters(q=text).address(),
        "keep": {"q": text},
    }
    return render(request, "library/search.html", context)


def _page(request: HttpRequest, paginator: Paginator) -> Page | None:
    """The page asked for; None when there is none of this number."""
    try:
        return paginator.page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger):
        return None


def _rows(page: Page | None, terms: Sequence[str]) -> list[Row]:
    return rows_of(page.object_list, terms) if page is not None else []


def _why_empty(filters: Filters, facets: Facets, page: Page | None) -> str:
    """What the reader is told where no row stands."""
    if facets.total and page is not None:
        return ""
    if facets.unknown(filters) or not filters.can_match():
        return _("The address asks for something that is not in this list: a kind, theme, country, year or language.")
    if page is None:
        return _("This list has no page of that number.")
    if filters.q and not terms_of(filters.q):
        return _("There is no word to look for in what you wrote.")
    return _("Nothing fits all of these choices.") if filters.chosen() else _("There is nothing here yet.")
