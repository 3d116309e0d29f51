"""The results as a feed, in one language, narrowed down as the page is."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import feedgenerator, timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.office import office_name
from portal.core.pagecache import public_page, valid_until
from portal.core.templatetags.portal import absolute
from portal.directory.models import Country
from portal.library.models import CatalogueItem, Theme
from portal.library.querysets import CatalogueQuerySet
from portal.library.search.query import search
from portal.library.views.filters import Filters
from portal.library.views.results import FILTERS
from portal.library.views.rows import address_in, rows_of, tag_of, with_all

ENTRIES = 50
# Ids of entries come from the public id alone: they stay when titles, addresses or the host change.
ENTRY_IDS = uuid.UUID("6f0c6a43-6d0b-4f0e-9a53-0d3c2f8f1f5e")


class _Feed(feedgenerator.Atom1Feed):
    """Says of each entry in which language its words are."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]} if item["lang"] else {}


@require_safe
@public_page(parameters=FILTERS, has_one_language=True)
def results_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The fifty results that became public last; 404 for another language or an unknown filter value."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    at, filters = timezone.now(), Filters.read(request.GET)
    valid_until(request, CatalogueItem.objects.next_change(at))
    with translation.override(language):
        feed = _feed(request, language, filters)
        items = with_all(_items(CatalogueItem.objects.public(at).results(), filters))
        for item in items.order_by("-public_from", "-day", "-pk")[:ENTRIES]:
            _add(feed, item, language)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response.headers["Content-Language"] = language
    return response


def _items(items: CatalogueQuerySet, filters: Filters) -> CatalogueQuerySet:
    if not (filters.can_match() and _is_there(Theme, filters.theme) and _is_there(Country, filters.country)):
        raise Http404
    return filters.narrow(search(filters.q, items).items if filters.q else items)


def _is_there(model: Any, code: str) -> bool:
    return not code or model.objects.filter(code=code).exists()


def _feed(request: HttpRequest, language: str, filters: Filters) -> _Feed:
    page = f"/{language}{reverse('library:results')[len(f'/{language}') :]}"
    return _Feed(
        title=f"{_('Results')} · {office_name()}",
        link=absolute(page + filters.query()),
        description="",
        language=tag_of(language),
        author_name=office_name(),
        feed_url=absolute(request.path + filters.query()),
    )


def _add(feed: _Feed, item: CatalogueItem, language: str) -> None:
    [row] = rows_of([item])
    feed.add_item(
        title=str(row.title),
        link=absolute(address_in(language, item)),
        description=escape(row.summary),
        unique_id=uuid.uuid5(ENTRY_IDS, f"{item.public_id}:{language}").urn,
        pubdate=item.public_from,
        updateddate=item.updated_at,
        categories=[str(row.kind)],
        lang=row.lang,
    )
