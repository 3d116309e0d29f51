"""Writes the texts of the catalogue and the whole full-text index anew."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from portal.library.kinds import Kind, all_kinds
from portal.library.models import CatalogueItem
from portal.library.services.catalogue import enter, rewrite

AT_ONCE = 200


def reindex_all() -> int:
    """Index every thing of every kind; how many there are. Safe to repeat, and to end in the middle."""
    return sum(done for kind in all_kinds() for done in reindex_kind(kind))


def reindex_kind(kind: Kind) -> Iterator[int]:
    """Index the things of one kind, each in a transaction of its own; says after each batch how many it held.

    What has no entry in the catalogue gets one. Of an entry that is there only the words are written, so no record
    counts as changed.
    """
    keys = list(kind.model._default_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        for obj in kind.model._default_manager.filter(pk__in=batch).order_by("pk"):
            rewrite(obj)
        yield len(batch)


@transaction.atomic
def enter_missing() -> int:
    """Enter what has no entry: the records of an installation from before the catalogue. Returns how many it were."""
    missing = 0
    for kind in all_kinds():
        entries = CatalogueItem.objects.filter(content_type=ContentType.objects.get_for_model(kind.model))
        for obj in kind.model._default_manager.exclude(pk__in=entries.values("object_id")).order_by("pk"):
            enter(obj)
            missing += 1
    return missing


def refill_index() -> None:
    """Have the database build its index anew from the rows that are there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("REINDEX INDEX library_search_vector")
        else:
            cursor.execute("INSERT INTO library_search (library_search) VALUES ('rebuild')")
