"""The pages of single records: mandate, strand, document."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.files import serve_file
from portal.core.pagecache import public_page
from portal.library.models import Document, DocumentFile, Mandate, ProgrammeStrand
from portal.library.views.document_page import document_page
from portal.library.views.mandate_page import mandate_page
from portal.library.views.strand_page import strand_page


@public_page
def mandate(request: HttpRequest, slug: str) -> HttpResponse:
    """One mandate: its official names, what it rests on and what rests on it."""
    return mandate_page(request, _public(Mandate, slug))


@public_page(parameters=("page",))
def strand(request: HttpRequest, slug: str) -> HttpResponse:
    """One strand of the programme: its names, how it stands, what it did."""
    return strand_page(request, _public(ProgrammeStrand, slug))


@public_page
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document with its files."""
    return document_page(request, _public(Document, slug))


@require_safe
def document_file(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """The file of a public document in one language, whole or in part."""
    files = DocumentFile.objects.select_related("file").filter(language=language)
    found = get_object_or_404(files, document__in=Document.objects.public(), document__slug=slug)
    return serve_file(request, found.file, inline=True)


def _public(model: Any, slug: str) -> Any:
    return get_object_or_404(model.objects.public(), slug=slug)
