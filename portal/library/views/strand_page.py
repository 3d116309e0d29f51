"""The page of a programme strand."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.portal import worded
from portal.core.times import format_days
from portal.library.models import Mandate, ProgrammeStrand, StatedFigure
from portal.library.views.surroundings import appeared, surroundings_of

ACTIVITIES_PER_PAGE = 20
PREDECESSORS: Any = ProgrammeStrand.predecessors.through


def strand_page(request: HttpRequest, record: ProgrammeStrand, *, is_preview: bool = False) -> HttpResponse:
    """The page, whether ``record`` is public or not; everything that it names is public."""
    context = {
        "record": record,
        "is_preview": is_preview,
        "facts": _facts(record),
        "names": record.names.all(),
        **_kin(record),
        "mandates": Mandate.objects.public().filter(strands=record),
        "themes": record.themes.select_related("framework"),
        "figures": appeared(request, StatedFigure.objects.filter(strand=record), timezone.now()),
        "around": surroundings_of(request, record, data={"@type": "Project", "alternateName": _other_names(record)}),
    }
    context |= _activities(request, record)
    return render(request, "library/strand.html", context)


def _kin(record: ProgrammeStrand) -> dict[str, Any]:
    """Where the strand belongs: what is public of its parent, parts, predecessors and successors, in one query."""
    before = PREDECESSORS.objects.filter(from_programmestrand=record, to_programmestrand=OuterRef("pk"))
    after = PREDECESSORS.objects.filter(from_programmestrand=OuterRef("pk"), to_programmestrand=record)
    strands = ProgrammeStrand.objects.public().annotate(was_before=Exists(before), came_after=Exists(after))
    beside = Q(parent=record) | Q(pk=record.parent_id)
    kin = list(strands.filter(beside | Q(was_before=True) | Q(came_after=True)))
    return {
        "parent": next((one for one in kin if one.pk == record.parent_id), None),
        "parts": [one for one in kin if one.parent_id == record.pk],
        "predecessors": [one for one in kin if one.was_before],
        "successors": [one for one in kin if one.came_after],
    }


def _activities(request: HttpRequest, record: ProgrammeStrand) -> dict[str, Any]:
    """One page of what the strand did; ``page`` None when the number asked for does not exist."""
    paginator = Paginator(record.activities.all(), ACTIVITIES_PER_PAGE)
    try:
        return {"page": paginator.page(request.GET.get("page", "1"))}
    except (EmptyPage, PageNotAnInteger):
        return {"page": None}


def _facts(record: ProgrammeStrand) -> list[tuple[Any, Any]]:
    """A date that is only that of a proposal is called so."""
    days = format_days(record.day, None, record.day_precision)
    return [
        (_("Abbreviation"), record.abbreviation),
        (_("Proposed") if record.is_proposal else _("Launched"), days),
        (_("How it stands"), worded(record, "standing")),
    ]


def _other_names(record: Any) -> list[str]:
    names = [record.name_en, record.name_zh_hans, record.abbreviation]
    return [name for name in names if name]
