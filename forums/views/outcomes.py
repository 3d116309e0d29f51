"""What came of an event, for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.enums import OutcomeTextKind
from forums.models import Event, Outcome
from forums.services.outcomes import released_texts
from forums.views.facts import event_facts
from portal.core.models import TextVersion
from portal.core.office import office_name
from portal.core.pagecache import public_page, valid_until
from portal.core.templatetags.portal import absolute
from portal.library.enums import Licence
from portal.library.languages import LANGUAGE_ORDER
from portal.library.models import Document, DocumentFile
from portal.library.previews import register_preview
from portal.library.services.publishing import is_public
from portal.library.views.citation import cite, year_of
from portal.library.views.meta import organisation
from portal.library.views.surroundings import Surroundings, surroundings_of

CREATIVE_COMMONS = {Licence.CC_BY: "by", Licence.CC_BY_SA: "by-sa", Licence.CC_BY_NC: "by-nc"}


@dataclass(frozen=True)
class Text:
    """A declaration or other text: the version in force and those before it, newest first."""

    kind: str
    current: TextVersion
    earlier: list[TextVersion]


@dataclass(frozen=True)
class Paper:
    """A document with its files, the one in the reader's language first."""

    document: Document
    files: list[DocumentFile]


@public_page
def outcome_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcome of the event at ``slug``: summary, texts, documents, photos, next steps, and how to cite it."""
    at = timezone.now()
    outcome = get_object_or_404(Outcome.objects.open(at).select_related("event__country"), event__slug=slug)
    return _show(request, outcome, at, is_preview=False)


def preview(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """The page as it would be, with the documents that are drafts still."""
    return _show(request, outcome, timezone.now(), is_preview=True)


def register_previews() -> None:
    """Make the preview of outcomes known (called once, when the applications are ready)."""
    register_preview(Outcome, preview)


def _show(request: HttpRequest, outcome: Outcome, at: datetime, *, is_preview: bool) -> HttpResponse:
    event = outcome.event
    papers = _papers(outcome)
    if not is_preview:
        begin = [paper.document.publish_at for paper in papers if paper.document.publish_at]
        valid_until(request, min((moment for moment in begin if moment > at), default=None))
        papers = [paper for paper in papers if is_public(paper.document, at)]
    context = {
        "outcome": outcome,
        "record": outcome,
        "event": event,
        "is_preview": is_preview,
        "facts": event_facts(event),
        "texts": list(_texts(outcome, at)),
        "papers": papers,
        "photos": list(outcome.photos.select_related("file", "thumbnail")),
        "licence_url": licence_url(outcome.licence),
        "citation": _citation(event, outcome),
        "around": _around(request, outcome, papers, at),
    }
    return render(request, "forums/outcomes.html", context)


def _around(request: HttpRequest, outcome: Outcome, papers: list[Paper], at: datetime) -> Surroundings:
    """What is related, without the documents that the page shows anyway."""
    around = surroundings_of(request, outcome, data=_data(outcome, outcome.event), at=at)
    own = {paper.document.pk for paper in papers}
    others = [row for row in around.related if row.item.kind != "document" or row.item.object_id not in own]
    return replace(around, related=others)


def licence_url(licence: str) -> str:
    """Where the licence can be read in the reader's language; "" where it is no licence with a text of its own."""
    part = CREATIVE_COMMONS.get(Licence(licence))
    deed = "deed.zh-hans" if get_language() == "zh-hans" else "deed.en"
    return f"https://creativecommons.org/licenses/{part}/4.0/{deed}" if part else ""


def _citation(event: Event, outcome: Outcome) -> str:
    return cite(
        title=_("Outcomes: %(event)s") % {"event": event.title},
        by=office_name(),
        year=year_of(event.start_day),
        address=outcome.get_absolute_url(),
    )


def _data(outcome: Outcome, event: Event) -> dict[str, Any]:
    """The JSON-LD of the page."""
    return {
        "@type": "Report",
        "publisher": organisation(office_name()),
        "license": licence_url(outcome.licence),
        "about": {"@type": "Event", "name": event.title, "url": absolute(event.get_absolute_url())},
    }


def _texts(outcome: Outcome, at: datetime) -> Iterator[Text]:
    """The texts of which a version is released, in the order of the outcome."""
    rows = outcome.texts.filter(code=OuterRef("code"))
    versions = released_texts(outcome, at).annotate(
        kind=Subquery(rows.values("kind")), place=Subquery(rows.values("order"))
    )
    for _place, group in groupby(versions.order_by("place", "code", "-released_at", "-pk"), key=lambda row: row.code):
        current, *earlier = group
        yield Text(str(OutcomeTextKind(current.kind).label), current, earlier)


def _papers(outcome: Outcome) -> list[Paper]:
    """The documents that have a file, in the order of the outcome, by one query."""
    place = outcome.outcome_documents.filter(document=OuterRef("document")).values("order")
    files = DocumentFile.objects.filter(document__outcomes=outcome).annotate(place=Subquery(place))
    found = files.select_related("document", "file").order_by("place", "document", "pk")
    own = get_language()

    def order(file: DocumentFile) -> tuple[bool, int]:
        return file.language != own, LANGUAGE_ORDER.index(file.language)

    groups = (list(group) for _pk, group in groupby(found, key=lambda file: file.document_id))
    return [Paper(group[0].document, sorted(group, key=order)) for group in groups]
