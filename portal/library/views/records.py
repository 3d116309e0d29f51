"""The pages of single records: mandate, strand, document."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from portal.core.pagecache import public_page
from portal.library.models import Document, Mandate, ProgrammeStrand


@public_page
def mandate(request: HttpRequest, slug: str) -> HttpResponse:
    """One mandate."""
    return _show(request, "library/mandate.html", Mandate.objects.all(), slug)


@public_page
def strand(request: HttpRequest, slug: str) -> HttpResponse:
    """One strand of the programme."""
    return _show(request, "library/strand.html", ProgrammeStrand.objects.all(), slug)


@public_page
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document."""
    return _show(request, "library/document.html", Document.objects.all(), slug)


def _show(request: HttpRequest, template: str, queryset: Any, slug: str) -> HttpResponse:
    found = get_object_or_404(queryset.public(), slug=slug)
    return render(request, template, {"record": found})
