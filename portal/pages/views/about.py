"""Who stands behind the programme: the centres as they are and were, the Ministry, the bodies on the other side."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.pagecache import public_page
from portal.core.times import format_days
from portal.directory.enums import OrganisationKind
from portal.directory.models import Organisation
from portal.library.models import Milestone
from portal.library.views.meta import Meta
from portal.library.views.surroundings import appeared

BODIES_SHOWN = 40
# The centres of the programme, in the order in which the programme itself names them; then what they came from.
CENTRES = ("feco", "caec", "lmec", "mee", "ecc-mep")
ROLES: dict[str, str | Promise] = {
    "feco": gettext_lazy(
        "Supports the Ministry in international cooperation: policy research, conventions, cooperation with regions and"
        " with single countries, exchange of technology, building of capacity."
    ),
    "caec": gettext_lazy(
        "Proposed by the summit of 2007 to carry the cooperation of China and ASEAN on the environment."
    ),
    "lmec": gettext_lazy("Does the same for the countries along the Lancang and Mekong."),
    "mee": gettext_lazy("The ministry to which the centres belong."),
    "ecc-mep": gettext_lazy("One of the two former centres that became the present one."),
}
STORIES = {
    "feco-formed": "feco",
    "caec-established": "caec",
    "caec-inaugurated": "caec",
    "lmec-established": "lmec",
}


@dataclass(frozen=True)
class Centre:
    """An organisation with what it does and when it was made."""

    organisation: Organisation
    role: str | Promise
    dates: list[tuple[str, Milestone]]


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """The page. Organisations that are not shown in public, and dates that are not published, stay out."""
    at = timezone.now()
    shown = Organisation.objects.filter(is_public=True).select_related("predecessor")
    bodies = shown.filter(kind__in=[OrganisationKind.ASEAN_BODY, OrganisationKind.INTERNATIONAL]).order_by("pk")
    context = {
        "centres": _centres(request, shown.filter(slug__in=CENTRES), at),
        "bodies": bodies[:BODIES_SHOWN],
        "meta": Meta(title=_("About the programme"), description=_("Who the centres of the programme are and were.")),
    }
    return render(request, "pages/about.html", context)


def _centres(request: HttpRequest, organisations: Iterable[Any], at: datetime) -> list[Centre]:
    dates: dict[str, list[tuple[str, Milestone]]] = defaultdict(list)
    for milestone in appeared(request, Milestone.objects.filter(code__in=STORIES), at):
        when = format_days(milestone.day, None, milestone.day_precision)
        dates[STORIES[milestone.code]].append((when, milestone))
    known = {organisation.slug: organisation for organisation in organisations}
    return [Centre(known[slug], ROLES[slug], dates[slug]) for slug in CENTRES if slug in known]
