"""The home page: the three doors, what is coming and was held, the latest results, the strands of the programme."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.models import Event
from forums.states import next_change
from portal.core.office import office_name
from portal.core.pagecache import public_page, valid_until
from portal.core.times import office_day
from portal.library.models import CatalogueItem, ProgrammeStrand
from portal.library.querysets import CatalogueQuerySet
from portal.library.views.meta import Meta
from portal.library.views.rows import headings_of

EVENTS_SHOWN = 4
PAST_SHOWN = 3
RESULTS_SHOWN = 6
STRANDS_SHOWN = 9


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What everybody sees first. It changes when an event does, and when something becomes public or goes."""
    at = timezone.now()
    events = Event.objects.select_related("country")
    today = office_day(at)
    upcoming = list(events.upcoming(today)[:EVENTS_SHOWN])
    past = list(events.past(today)[:PAST_SHOWN])
    results = _on_their_own(CatalogueItem.objects.public(at).results(), at)
    valid_until(request, next_change([*upcoming, *past], at))
    valid_until(request, CatalogueItem.objects.next_change(at))
    about = _("Forums and workshops, the texts they rest on and the texts they led to, and the programme around them.")
    context = {
        "meta": Meta(office_name(), about),
        "upcoming": upcoming,
        "past": past,
        "results": headings_of(results.with_texts()[:RESULTS_SHOWN]),
        "strands": ProgrammeStrand.objects.public(at).filter(parent=None)[:STRANDS_SHOWN],
    }
    return render(request, "pages/home.html", context)


def _on_their_own(items: CatalogueQuerySet, at: datetime) -> CatalogueQuerySet:
    """Without the documents of public outcomes, which lead to them: a meeting with many papers is one result here."""
    through: Any = CatalogueItem.related.through
    ties = through.objects.filter(
        from_catalogueitem=OuterRef("pk"), to_catalogueitem__kind="outcome", to_catalogueitem__public_from__lte=at
    )
    return items.exclude(Q(kind="document") & Exists(ties))
