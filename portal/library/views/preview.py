"""What is not public yet, for who holds its preview link."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.library.models import Document, Mandate, ProgrammeStrand
from portal.library.previews import find_previewed, register_preview
from portal.library.views.document_page import document_page
from portal.library.views.mandate_page import mandate_page
from portal.library.views.strand_page import strand_page

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it would be, with a strip that says so; 404 for a wrong or ended link.

    What has become public in the meantime is shown where everybody sees it.
    """
    found = find_previewed(token)
    if found is None:
        raise Http404
    obj, view = found
    things: Any = type(obj)._default_manager
    is_public = things.public().filter(pk=obj.pk).exists()
    response = redirect(obj.get_absolute_url()) if is_public else view(request, obj)  # type: ignore[attr-defined]
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def register_previews() -> None:
    """Make the previews of the library known (called once, when the applications are ready)."""
    for model, page in ((Document, document_page), (Mandate, mandate_page), (ProgrammeStrand, strand_page)):
        register_preview(model, partial(page, is_preview=True))
