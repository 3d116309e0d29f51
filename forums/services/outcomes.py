"""Outcomes of events: begun, published with their documents, and taken back."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.enums import EventStatus
from forums.models import Event, Outcome
from forums.services.errors import Refused
from forums.workflow import EVENT
from portal.core.audit import log
from portal.core.models import TextVersion
from portal.library.enums import PublishingStatus
from portal.library.models import Document
from portal.library.services import publishing
from portal.library.services.catalogue import enter

TOOK_PLACE = (EventStatus.HELD, EventStatus.RESULTS, EventStatus.ARCHIVED)


@transaction.atomic
def begin_outcome(event: Event, *, by: Any) -> Outcome:
    """The outcome of the event; where there is none yet an empty draft is made, logged and entered."""
    outcome, is_new = Outcome.objects.get_or_create(event=event, defaults={"is_demo": event.is_demo})
    if is_new:
        log(outcome, "added", by=by)
        enter(outcome)
    return outcome


def missing_of(outcome: Outcome) -> list[str]:
    """What has to be done before the outcome can be published, in sentences; empty when nothing is missing."""
    missing = []
    if outcome.event.status not in TOOK_PLACE:
        missing.append(_("The event is not marked as held yet."))
    if not (_has_words(outcome) or outcome.documents.exists() or released_texts(outcome).exists()):
        missing.append(_("There is nothing to read yet: write a summary, or add a document or a text."))
    for photo in outcome.photos.all():
        if not photo.credit:
            missing.append(_("Photo %(number)d names nobody as its source.") % {"number": photo.order})
        if not all(getattr(photo, f"alt_{code}") for code in _languages()):
            missing.append(_("Photo %(number)d is not described in every language.") % {"number": photo.order})
    return missing


def unpublished_documents(outcome: Outcome) -> list[Document]:
    """The documents of the outcome that are published with it."""
    return list(outcome.documents.exclude(status=PublishingStatus.PUBLISHED))


def own_documents(outcome: Outcome) -> list[Document]:
    """The public documents that nothing else public shows: they can go with the outcome."""
    elsewhere = Document.objects.filter(outcomes__in=Outcome.objects.public().exclude(pk=outcome.pk))
    public = outcome.documents.filter(status=PublishingStatus.PUBLISHED, mandates__isnull=True)
    return list(public.exclude(pk__in=elsewhere.values("pk")))


def released_texts(outcome: Outcome, at: datetime | None = None) -> Any:
    """The released versions of the outcome's texts, the newest of each first."""
    versions = TextVersion.objects.filter(code__in=outcome.texts.values("code"), released_at__lte=at or timezone.now())
    return versions.order_by("code", "-released_at", "-pk")


@transaction.atomic
def publish_outcome(
    outcome: Outcome, *, by: Any, seen: int | None = None, at: datetime | None = None
) -> list[Document]:
    """Make the outcome public, and those of its documents that are not; returns these.

    ``Refused`` while something is missing (``missing_of``), ``NotChecked`` while a second person has to look at it or
    at one of its documents, ``Conflict`` when it is no longer the text of which ``seen`` was the ``last_change``. In
    order: documents (public from the same moment), outcome, and, when it is public at once, the status of the event.
    """
    at = at or timezone.now()
    documents = unpublished_documents(outcome)
    _hold(outcome, documents)
    missing = missing_of(outcome)
    if missing:
        raise Refused(" ".join(missing))
    for document in documents:
        _publish_document(document, outcome, by=by, at=at)
    publishing.publish(outcome, by=by, seen=seen, at=at)
    is_public_now = outcome.publish_at is None or outcome.publish_at <= at
    if is_public_now and outcome.event.status == EventStatus.HELD:
        EVENT.apply(outcome.event, "publish_results", by=by, at=at)
    return documents


@transaction.atomic
def unpublish_outcome(
    outcome: Outcome, *, by: Any, with_documents: bool = True, at: datetime | None = None
) -> list[Document]:
    """Take the outcome out of every page, feed, search and the API at once; returns the documents that went with it.

    In order: outcome, documents that nothing else shows (when asked), the status of the event.
    """
    at = at or timezone.now()
    documents = own_documents(outcome) if with_documents else []
    _hold(outcome, documents)
    publishing.unpublish(outcome, by=by, at=at)
    for document in documents:
        publishing.unpublish(document, by=by, at=at)
    if outcome.event.status == EventStatus.RESULTS:
        EVENT.apply(outcome.event, "withdraw_results", by=by, at=at)
    return documents


def _hold(outcome: Outcome, documents: list[Document]) -> None:
    """Nobody else changes event, outcome or documents until the transaction ends.

    They are held in this order and before any entry of the catalogue, as whoever saves one of them holds it first and
    its entries then: two who held each other's would both fail.
    """
    for rows in (
        Event.objects.filter(pk=outcome.event_id),
        Outcome.objects.filter(pk=outcome.pk),
        Document.objects.filter(pk__in=[document.pk for document in documents]).order_by("pk"),
    ):
        held: Any = rows.select_for_update()
        list(held.values_list("pk"))


def _publish_document(document: Document, outcome: Outcome, *, by: Any, at: datetime) -> None:
    if outcome.publish_at and not document.publish_at:
        document.publish_at = outcome.publish_at
        document.save(update_fields=["publish_at"])
    try:
        publishing.publish(document, by=by, at=at)
    except publishing.NotChecked as refusal:
        words = {"document": document, "reason": refusal}
        raise publishing.NotChecked(_("%(document)s: %(reason)s") % words) from refusal


def _has_words(outcome: Outcome) -> bool:
    return any(getattr(outcome, f"summary_{code}") for code in _languages())


def _languages() -> list[str]:
    return [code.replace("-", "_") for code, _name in settings.LANGUAGES]
