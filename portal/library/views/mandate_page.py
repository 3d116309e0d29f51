"""The page of a mandate."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.portal import worded
from portal.core.times import format_days
from portal.library.enums import Adoption
from portal.library.models import Document, DocumentFile, Mandate, ProgrammeStrand
from portal.library.views.meta import organisation
from portal.library.views.surroundings import surroundings_of

BASIS: Any = Mandate.basis.through


def mandate_page(request: HttpRequest, record: Mandate, *, is_preview: bool = False) -> HttpResponse:
    """The page, whether ``record`` is public or not; everything that it names is public."""
    files = Prefetch("files", DocumentFile.objects.select_related("file"))
    text = Document.objects.public().filter(pk=record.text_id).prefetch_related(files).first()
    context = {
        "record": record,
        "is_preview": is_preview,
        "facts": _facts(record),
        "themes": record.themes.filter(parent=None).prefetch_related("topics"),
        **_neighbours(record),
        "strands": ProgrammeStrand.objects.public().filter(mandates=record),
        "text": text,
        "around": surroundings_of(request, record, data=_data(record)),
    }
    return render(request, "library/mandate.html", context)


def _neighbours(record: Mandate) -> dict[str, list[Mandate]]:
    """What is public of what it rests on and of what rests on it, in one query."""
    beneath = BASIS.objects.filter(from_mandate=record, to_mandate=OuterRef("pk"))
    above = BASIS.objects.filter(from_mandate=OuterRef("pk"), to_mandate=record)
    mandates = Mandate.objects.public().annotate(is_basis=Exists(beneath), is_ground=Exists(above))
    found = list(mandates.filter(Q(is_basis=True) | Q(is_ground=True)))
    return {"basis": [one for one in found if one.is_basis], "grounds": [one for one in found if one.is_ground]}


def _facts(record: Mandate) -> list[tuple[Any, Any]]:
    period = "–".join(str(year) for year in (record.period_from, record.period_to) if year)
    adoption = record.get_adoption_display() if record.adoption != Adoption.UNKNOWN else _("no adoption is known to us")
    return [
        (_("Short name"), worded(record, "short_name")),
        (_("Adopted or issued by"), worded(record, "body")),
        (_("Date"), format_days(record.day, None, record.day_precision)),
        (_("Period"), period),
        (_("Adoption"), adoption),
    ]


def _data(record: Any) -> dict[str, Any]:
    names = [name for name in (record.name_en, record.name_zh_hans) if name]
    return {"@type": "CreativeWork", "alternateName": names, "publisher": organisation(record.body or "")}
