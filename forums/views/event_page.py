"""The page of one event, and what it leads to: programme, outcomes, papers, participants, related things."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from forums.enums import EventMode, EventStatus, PaperAccess
from forums.models import (
    Event,
    EventEdition,
    EventOrganiser,
    EventPaper,
    EventPaperFile,
    ProgrammeRelease,
    Registration,
)
from forums.querysets import EventQuerySet
from forums.states import next_change, registration_state
from forums.views.facts import event_facts
from forums.views.public import find_event
from portal.core.pagecache import public_page, valid_until
from portal.core.templatetags.portal import absolute
from portal.library.kinds import find_kind
from portal.library.models import CatalogueItem
from portal.library.views.meta import Meta, organisation, schema_date
from portal.library.views.rows import address_in, text_of
from portal.library.views.surroundings import next_moment

RELATED_SHOWN = 12
ATTENDANCE = {EventMode.IN_PERSON: "Offline", EventMode.ONLINE: "Online", EventMode.HYBRID: "Mixed"}
STATES = {EventStatus.POSTPONED: "EventPostponed", EventStatus.CANCELLED: "EventCancelled"}


@dataclass(frozen=True)
class Paper:
    """A public paper with its files."""

    paper: EventPaper
    files: list[EventPaperFile]


@dataclass(frozen=True)
class Related:
    """A thing of the catalogue that is tied to the event; ``lang`` as in ``rows.Row``."""

    kind: str | Promise
    url: str
    title: str
    lang: str


@public_page
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: what, when, where, by whom, its public papers, where its registration stands, what came of it."""
    at = timezone.now()
    event: Any = find_event(request, slug, _with_surroundings(Event.objects.with_results(), at))
    for moment in (next_change([event], at), event.appears, event.goes):
        valid_until(request, moment)
    organisers = list(EventOrganiser.objects.filter(event=event).select_related("organisation"))
    context = {
        "event": event,
        "facts": event_facts(event),
        "registration": registration_state(event, at),
        "editions": EventEdition.objects.filter(event=event).select_related("series"),
        "organisers": organisers,
        "papers": _papers(event),
        "themes": event.themes.all(),
        "related": _related(event, at),
        "meta": _meta(event, organisers),
    }
    return render(request, "forums/event.html", context)


def _with_surroundings(events: EventQuerySet, at: datetime) -> EventQuerySet:
    """Without further queries ``has_programme``, ``has_participants``, ``item_id`` (of the entry in the catalogue),
    and when anything of the catalogue next ``appears`` or ``goes``: it may be related.
    """
    of_event = {"event": OuterRef("pk")}
    item = CatalogueItem.objects.filter(
        content_type=ContentType.objects.get_for_model(Event), object_id=OuterRef("pk"), public_from__isnull=False
    )
    return events.annotate(
        has_programme=Exists(ProgrammeRelease.objects.filter(is_current=True, **of_event)),
        has_participants=Exists(Registration.objects.named_in_public().filter(**of_event)),
        item_id=Subquery(item.values("public_id")[:1]),
        appears=next_moment("public_from", at),
        goes=next_moment("public_until", at),
    )


def _papers(event: Event) -> list[Paper]:
    """The public papers that have a file, each with its files, by one query."""
    files = EventPaperFile.objects.filter(paper__event=event, paper__access=PaperAccess.PUBLIC)
    found = files.select_related("paper", "file").order_by("paper__order", "paper", "language")
    groups = (list(group) for _pk, group in groupby(found, key=lambda file: file.paper_id))
    return [Paper(group[0].paper, group) for group in groups]


def _related(event: Any, at: datetime) -> list[Related]:
    """What is tied to the event in the catalogue and public."""
    items = CatalogueItem.objects.public(at).filter(related__public_id=event.item_id).with_texts()
    return [_link(item) for item in items[:RELATED_SHOWN]] if event.item_id else []


def _link(item: CatalogueItem) -> Related:
    text, lang = text_of(item)
    kind = find_kind(item.kind)
    return Related(kind.title if kind else "", address_in(get_language() or "en", item), text.title, lang)


def _meta(event: Event, organisers: list[EventOrganiser]) -> Meta:
    """What the page says of itself to machines."""
    data = {
        "@type": "Event",
        "startDate": _moment(event, event.starts_at, event.start_day),
        "endDate": _moment(event, event.ends_at, event.end_day or event.start_day),
        "eventStatus": f"https://schema.org/{STATES.get(EventStatus(event.status), 'EventScheduled')}",
        "eventAttendanceMode": _attendance(event),
        "location": _location(event),
        "organizer": [organisation(str(row.organisation)) for row in organisers],
    }
    return Meta(event.title, event.theme or event.summary, data=data)


def _attendance(event: Event) -> str:
    """How one takes part, as schema.org names it; "" where it is not known."""
    return f"https://schema.org/{ATTENDANCE[EventMode(event.mode)]}EventAttendanceMode" if event.mode else ""


def _moment(event: Event, instant: datetime | None, day: Any) -> str:
    """The instant when its time is known, else the day as far as that is known."""
    if event.start_time and event.end_time and instant:
        return instant.isoformat()
    return schema_date(day, event.date_precision)


def _location(event: Event) -> dict[str, Any]:
    if event.mode == EventMode.ONLINE:
        return {"@type": "VirtualLocation", "url": absolute(event.get_absolute_url())}
    if not (event.venue or event.place or event.country):
        return {}
    address = {"@type": "PostalAddress", "addressLocality": event.place}
    if event.country:
        address["addressCountry"] = event.country.code
    return {"@type": "Place", "name": event.venue or event.place or str(event.country or ""), "address": address}
