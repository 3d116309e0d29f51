"""What an outcome is made of: its documents, photos and texts in versions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from forums.files import OUTCOME_PHOTO
from forums.models import Outcome, OutcomeDocument, OutcomePhoto, OutcomeText
from forums.services.errors import Refused
from portal.core.audit import log
from portal.core.files import store_smaller, store_upload
from portal.core.models import StoredFile, TextVersion
from portal.core.texts import release_text
from portal.library.files import DOCUMENT
from portal.library.models import Document, DocumentFile
from portal.library.services.catalogue import enter, item_of, relate
from portal.library.services.publishing import content_saved

SMALL = 800  # pixels a side: sharp on a good screen in three columns, and light on a slow line
CODE_LENGTH = 60


@transaction.atomic
def add_document(
    outcome: Outcome, *, kind: str, titles: Mapping[str, str], files: Mapping[str, Any], by: Any
) -> Document:
    """A new draft in the library with a file per language, and its place in the outcome.

    ``titles`` and ``files`` (inspected uploads) by language. Day, country, themes and licence are those of the event
    and its outcome. In order: document, files, place, history, catalogue.
    """
    event = outcome.event
    document = Document.objects.create(
        slug=_free_slug(f"{event.slug}-{kind}"),
        kind=kind,
        day=event.end_day or event.start_day,
        day_precision=event.date_precision,
        licence=outcome.licence,
        is_demo=outcome.is_demo,
        **{f"title_{_column(language)}": title for language, title in titles.items()},
    )
    document.themes.set(event.themes.all())
    document.countries.set([event.country] if event.country else [])
    for language, upload in files.items():
        stored = store_upload(upload, purpose=DOCUMENT, by=by, kinds=("document",))
        DocumentFile.objects.create(document=document, language=language, file=stored)
    log(document, "added", by=by)
    enter(document)
    attach_document(outcome, document, by=by)
    return document


@transaction.atomic
def attach_document(outcome: Outcome, document: Document, *, by: Any) -> None:
    """Give a document of the library its place, the last, in the outcome. ``Refused`` when it has one.

    In order: place, history, catalogue, the tie by which the page of each leads to the other.
    """
    if outcome.documents.filter(pk=document.pk).exists():
        raise Refused(_("This document belongs to the outcome already."))
    OutcomeDocument.objects.create(outcome=outcome, document=document, order=_next(outcome.outcome_documents))
    log(outcome, "document_added", by=by, note=document.title)
    content_saved(outcome, by=by)
    tie_documents(outcome, [document])


def tie_documents(outcome: Outcome, documents: Iterable[Document]) -> None:
    """Relate documents of the outcome to it in the catalogue, so that their pages lead back to it."""
    enter(outcome)
    for document in documents:
        relate(outcome, document)


def untie_documents(outcome: Outcome, documents: Iterable[Document]) -> None:
    """End the tie of documents that no longer belong to the outcome."""
    item = item_of(outcome)
    for document in documents:
        other = item_of(document)
        if item is not None and other is not None:
            item.related.remove(other)


@transaction.atomic
def add_photos(outcome: Outcome, uploads: Iterable[Any], *, credit: str, consent_note: str = "", by: Any) -> int:
    """Add photos, each with a small copy, and return how many. What they show is described afterwards.

    In order: files, rows, history, catalogue.
    """
    count = 0
    for upload in uploads:
        stored = store_upload(upload, purpose=OUTCOME_PHOTO, by=by, kinds=("image",))
        small = store_smaller(stored, side=SMALL, by=by)
        OutcomePhoto.objects.create(
            outcome=outcome,
            file=stored,
            thumbnail=small.file,
            width=small.width,
            height=small.height,
            credit=credit,
            consent_note=consent_note,
            order=_next(outcome.photos),
        )
        count += 1
    log(outcome, "photos_added", by=by, note=str(count))
    content_saved(outcome, by=by)
    return count


def forget_files(files: Iterable[StoredFile | None]) -> None:
    """Remove the files of photos that were taken away: nobody agreed to their being kept."""
    for stored in files:
        if stored is not None:
            stored.delete()
            transaction.on_commit(partial(stored.file.delete, save=False))


@transaction.atomic
def add_text(outcome: Outcome, *, kind: str, by: Any) -> OutcomeText:
    """A declaration or other text without a version yet."""
    text = OutcomeText.objects.create(
        outcome=outcome, kind=kind, code=_free_code(outcome, kind), order=_next(outcome.texts)
    )
    log(outcome, "text_added", by=by, note=text.code)
    return text


@transaction.atomic
def write_version(text: OutcomeText, *, values: Mapping[str, str], by: Any) -> TextVersion:
    """Keep the version that is being written: the one draft of ``text``, made where there is none.

    ``values``: ``version``, ``title_…`` and ``body_…``. ``Refused`` when another version has this number.
    """
    if versions_of(text).filter(version=values["version"], released_at__isnull=False).exists():
        raise Refused(_("A version with this number is released already. Give the new one the next number."))
    draft = draft_of(text)
    is_new = draft is None
    draft = draft or TextVersion(code=text.code)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    log(draft, "added" if is_new else "changed", by=by)
    log(text.outcome, "text_written", by=by, note=f"{draft.title}, {draft.version}")
    return draft


@transaction.atomic
def release_version(text: OutcomeText, version: TextVersion, *, by: Any, at: datetime | None = None) -> None:
    """Make the draft the current version: it is never edited again. In order: release, history, the outcome's entry."""
    release_text(version, by=by, at=at)
    log(text.outcome, "text_released", by=by, at=at, note=f"{version.title}, {version.version}")
    content_saved(text.outcome, by=by)


def versions_of(text: OutcomeText) -> Any:
    """All versions, the draft first, then the newest."""
    return TextVersion.objects.filter(code=text.code).order_by(F("released_at").desc(nulls_first=True), "-pk")


def draft_of(text: OutcomeText) -> TextVersion | None:
    """The version that is being written, if one is."""
    return TextVersion.objects.filter(code=text.code, released_at__isnull=True).first()


def _free_slug(wanted: str) -> str:
    """``wanted`` as an address that no document has."""
    base = slugify(wanted)[:70]
    taken = set(Document.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return _first_free(base, taken)


def _free_code(outcome: Outcome, kind: str) -> str:
    base = slugify(f"{outcome.event.slug[: CODE_LENGTH - len(kind) - 5]}-{kind}")
    return _first_free(
        base,
        set(TextVersion.objects.filter(code__startswith=base).values_list("code", flat=True))
        | set(OutcomeText.objects.filter(code__startswith=base).values_list("code", flat=True)),
    )


def _first_free(base: str, taken: set[str]) -> str:
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found


def _next(rows: Any) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def _column(language: str) -> str:
    return language.replace("-", "_")
