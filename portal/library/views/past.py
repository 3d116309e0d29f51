"""What is answered where there is no page: the way to where the thing is now, or a page that says so."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language_from_path
from django.views import defaults

from portal.library.models import CatalogueItem, PastAddress
from portal.library.views.rows import address_in


def page_not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    """301 to the present page of what stood at this address before, in the same language; else 404."""
    item = _moved(request) if request.method in {"GET", "HEAD"} else None
    if item is None:
        return defaults.page_not_found(request, exception)
    return HttpResponsePermanentRedirect(address_in(_language(request), item))


def _moved(request: HttpRequest) -> CatalogueItem | None:
    address = request.path_info.removeprefix(f"/{_language(request)}/")
    if address == request.path_info or "\x00" in address:
        return None
    past = PastAddress.objects.filter(address=address, item__in=CatalogueItem.objects.public())
    found = past.select_related("item").first()
    return found.item if found else None


def _language(request: HttpRequest) -> str:
    return get_language_from_path(request.path_info) or ""
