"""The page of a document."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.portal import absolute, worded
from portal.core.times import format_days
from portal.library.languages import LANGUAGE_ORDER
from portal.library.models import Document, DocumentFile
from portal.library.views.citation import cite, year_of
from portal.library.views.meta import organisation
from portal.library.views.rows import tag_of
from portal.library.views.surroundings import surroundings_of


def document_page(request: HttpRequest, record: Any, *, is_preview: bool = False) -> HttpResponse:
    """The page of a ``Document``, whether it is public or not; files of a draft open by its preview link."""
    files = sorted(record.files.select_related("file"), key=lambda file: LANGUAGE_ORDER.index(file.language))
    publisher = record.publisher.name if record.publisher else ""
    around = surroundings_of(request, record, data=_data(record, files, publisher))
    context = {
        "record": record,
        "is_preview": is_preview,
        "facts": _facts(record),
        "files": files,
        "themes": record.themes.select_related("framework"),
        "countries": around.row.countries if around.row else record.countries.in_order(),
        "citation": _citation(record, publisher),
        "around": around,
    }
    return render(request, "library/document.html", context)


def _facts(record: Document) -> list[tuple[Any, Any]]:
    return [
        (_("Date"), format_days(record.day, None, record.day_precision)),
        (_("Authors"), record.authors),
        (_("Published by"), worded(record.publisher, "name") if record.publisher else ""),
        (_("Licence"), record.get_licence_display()),
    ]


def _citation(record: Document, publisher: str) -> str:
    return cite(
        title=record.title,
        by=record.authors or publisher,
        year=year_of(record.day),
        publisher=publisher,
        address=record.get_absolute_url(),
    )


def _data(record: Document, files: list[DocumentFile], publisher: str) -> dict[str, Any]:
    licence = f"https://creativecommons.org/licenses/{record.licence[3:-4].lower()}/4.0/"
    return {
        "@type": "Report" if record.kind in {"report", "study"} else "CreativeWork",
        "author": record.authors,
        "publisher": organisation(publisher),
        "license": licence if record.licence.startswith("CC-") else "",
        "encoding": [_file_data(record, file) for file in files],
    }


def _file_data(record: Document, file: DocumentFile) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": absolute(reverse("library:document-file", args=[record.slug, file.language])),
        "encodingFormat": file.file.content_type,
        "contentSize": f"{file.file.size} B",
        "inLanguage": tag_of(file.language),
    }
