"""What is not public yet, for who holds its preview link."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from portal.core.files import serve_file
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
    return _kept_nowhere(redirect(obj.get_absolute_url()) if is_public else view(request, obj))  # type: ignore[attr-defined]


@require_safe
def preview_file(request: HttpRequest, token: str, language: str) -> HttpResponseBase:
    """The file of a previewed document in one language."""
    found = find_previewed(token)
    if found is None or not isinstance(found[0], Document):
        raise Http404
    file = get_object_or_404(found[0].files.select_related("file"), language=language)
    return _kept_nowhere(serve_file(request, file.file, inline=True))


def _kept_nowhere(response: HttpResponseBase) -> Any:
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def register_previews() -> None:
    """Make the previews of the library known (called once, when the applications are ready)."""
    for model, page in ((Document, document_page), (Mandate, mandate_page), (ProgrammeStrand, strand_page)):
        register_preview(model, partial(page, is_preview=True))
