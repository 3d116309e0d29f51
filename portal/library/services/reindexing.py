"""Writes the whole full-text index anew."""

from collections.abc import Iterator

from django.db import connection, transaction

from portal.library.kinds import Kind, all_kinds
from portal.library.search.index import index_item
from portal.library.services.catalogue import enter, item_of

AT_ONCE = 200


def reindex_all() -> int:
    """Index every thing of every kind; how many there are. Safe to repeat, and to end in the middle."""
    return sum(done for kind in all_kinds() for done in reindex_kind(kind))


def reindex_kind(kind: Kind) -> Iterator[int]:
    """Index the things of one kind, a batch in a transaction; says after each batch how many it held.

    What has no entry in the catalogue gets one. An entry that is there stays as it is, so nothing counts as changed.
    """
    keys = list(kind.model._default_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        with transaction.atomic():
            for obj in kind.model._default_manager.filter(pk__in=batch).order_by("pk"):
                item = item_of(obj)
                if item is None:
                    enter(obj)
                else:
                    index_item(item, kind.describe(obj))
        yield len(batch)


def refill_index() -> None:
    """Have the database build its index anew from the rows that are there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("REINDEX INDEX library_search_vector")
        else:
            cursor.execute("INSERT INTO library_search (library_search) VALUES ('rebuild')")
