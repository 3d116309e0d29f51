"""The map of the site for search engines: every public page in both languages, each with the way to the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from portal.core.pagecache import public_page, valid_until
from portal.library.models import CatalogueItem

URLS_PER_PART = 5_000
# Pages that stand whatever the catalogue holds.
PAGES = ("pages:home", "library:results", "forums:events", "pages:contact", "pages:privacy")


@dataclass(frozen=True)
class Place:
    """One page: its path without the language."""

    address: str
    changed: datetime | None = None

    @property
    def urls(self) -> list[tuple[str, str]]:
        """Language and address of the page in each language."""
        return [(code, f"{settings.BASE_URL}/{code}/{self.address}") for code, _name in settings.LANGUAGES]


@require_safe
@public_page(has_one_language=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages, or, where they are too many for one file, the list of the parts."""
    parts = _parts(request)
    if parts.num_pages == 1:
        return _part(request, parts, 1)
    addresses = [settings.BASE_URL + reverse("sitemap-part", args=[number]) for number in parts.page_range]
    return render(request, "pages/sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


@require_safe
@public_page(has_one_language=True)
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part of a map that is too big for one file; 404 for one that does not exist."""
    parts = _parts(request)
    if number not in parts.page_range:
        raise Http404
    return _part(request, parts, number)


def _parts(request: HttpRequest) -> Paginator:
    at = timezone.now()
    valid_until(request, CatalogueItem.objects.next_change(at))
    items = CatalogueItem.objects.public(at).order_by("pk").values_list("address", "updated_at")
    return Paginator(items, URLS_PER_PART // len(settings.LANGUAGES))


def _part(request: HttpRequest, parts: Paginator, number: int) -> HttpResponse:
    fixed = [Place(address) for address in _fixed()] if number == 1 else []
    places = [*fixed, *(Place(*row) for row in parts.page(number).object_list)]
    return render(request, "pages/sitemap.xml", {"places": places}, content_type="application/xml")


def _fixed() -> Iterator[str]:
    language = settings.LANGUAGES[0][0]
    with translation.override(language):
        for name in PAGES:
            yield reverse(name).removeprefix(f"/{language}/")
