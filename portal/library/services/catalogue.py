"""Keeps the catalogue in step with the things it lists. Called inside the transaction that changed the thing."""

import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from portal.core.pagecache import content_changed
from portal.library.kinds import Entry, Kind, Text, kind_of, told_by
from portal.library.models import CatalogueItem, CatalogueLanguage, CatalogueText, PastAddress
from portal.library.search.index import index_item

SOURCE_LANGUAGE = "en"


@transaction.atomic
def enter(obj: models.Model) -> CatalogueItem:
    """Bring the entry of ``obj`` up to date, or make it; drafts have one too, so that they can be related.

    In order: the row (a changed address keeps leading on), texts, languages, themes and countries, the search index,
    the entries of other things that name something of this one, and, when the thing is or was public, the public
    pages. ``LookupError`` when its model stands in no catalogue.
    """
    kind = kind_of(obj)
    item = _enter(obj, kind)
    for other in told_by(kind, obj):
        _enter(other, kind_of(other))
    return item


def _enter(obj: models.Model, kind: Kind) -> CatalogueItem:
    obj.__dict__.pop("_prefetched_objects_cache", None)  # it holds what was there before the change
    item = _hold(obj, kind)
    entry = kind.describe(type(obj)._default_manager.get(pk=obj.pk))
    was_public = item.public_from is not None
    _write_row(item, entry)
    _write_texts(item, entry)
    _write_languages(item, entry)
    item.themes.set(entry.themes)
    item.countries.set(entry.countries)
    index_item(item, entry)
    if was_public or item.public_from is not None:
        content_changed()
    return item


@transaction.atomic
def rewrite(obj: models.Model) -> None:
    """Write the words of the entry of ``obj`` anew where they differ, and nothing else of it; make it where it lacks.

    For what the portal itself puts into titles ("Outcomes: …") and its translation has caught up with. In order: the
    texts, the search index, and, when a text of something public differs, the public pages.
    """
    if item_of(obj) is None:
        enter(obj)
        return
    kind = kind_of(obj)
    item = _hold(obj, kind)
    entry = kind.describe(type(obj)._default_manager.get(pk=obj.pk))
    if _write_texts(item, entry) and item.public_from is not None:
        content_changed()
    index_item(item, entry)


def _hold(obj: models.Model, kind: Kind) -> CatalogueItem:
    """The entry of ``obj``, made where there is none, and nobody else's until the transaction ends.

    What the thing is has to be read after this: whoever changes it at the same moment either has committed by now, or
    enters it after us. Else the entry could stay public of a thing that no longer is.
    """
    items: Any = CatalogueItem.objects.select_for_update()
    item: CatalogueItem = items.get_or_create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        defaults={"kind": kind.code, "updated_at": timezone.now()},
    )[0]
    return item


@transaction.atomic
def withdraw(obj: models.Model) -> None:
    """Take the entry of a thing that is being deleted out of the catalogue."""
    item = item_of(obj)
    if item is not None:
        item.delete()
        content_changed()


def item_of(obj: models.Model) -> CatalogueItem | None:
    """The entry of ``obj``, if it has one."""
    content_type = ContentType.objects.get_for_model(obj)
    return CatalogueItem.objects.filter(content_type=content_type, object_id=obj.pk).first()


def relate(one: models.Model, other: models.Model) -> None:
    """Tie two things that have entries; the tie holds both ways."""
    first, second = item_of(one), item_of(other)
    if first is None or second is None:
        raise LookupError("only things with an entry in the catalogue can be related")
    first.related.add(second)
    content_changed()


def _write_row(item: CatalogueItem, entry: Entry) -> None:
    old = item.address
    day = entry.day
    values: dict[str, Any] = {
        "address": entry.address,
        "day": day,
        "day_precision": entry.day_precision,
        "year": entry.year or (day.year if day else None),
        "is_result": entry.is_result,
        "is_demo": entry.is_demo,
        "public_from": entry.public_from,
        "cover": entry.cover,
        "updated_at": timezone.now(),
    }
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    PastAddress.objects.filter(address=item.address).delete()
    if old and old != item.address:
        PastAddress.objects.create(item=item, address=old)


def _write_texts(item: CatalogueItem, entry: Entry) -> bool:
    """Whether any differed. One that is unchanged keeps the hash of the source it was written against: so a stale
    one can be told.
    """
    source = _hash(entry.texts.get(SOURCE_LANGUAGE))
    known = {text.language: text for text in item.texts.all()}
    differed = False
    for language, text in entry.texts.items():
        row = known.pop(language, None) or CatalogueText(item=item, language=language)
        if row.pk is None or (row.title, row.summary) != (text.title, text.summary):
            row.title, row.summary, row.source_hash = text.title, text.summary, source
            row.save()
            differed = True
    CatalogueText.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return differed or bool(known)


def _write_languages(item: CatalogueItem, entry: Entry) -> None:
    wanted = set(entry.languages)
    item.languages.exclude(language__in=wanted).delete()
    known = set(item.languages.values_list("language", flat=True))
    CatalogueLanguage.objects.bulk_create(
        CatalogueLanguage(item=item, language=language) for language in sorted(wanted - known)
    )


def _hash(text: Text | None) -> str:
    return hashlib.sha256(f"{text.title}\n{text.summary}".encode()).hexdigest() if text else ""
