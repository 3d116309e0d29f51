"""Writes the words of an item for the full-text index."""

from portal.core.folding import fold
from portal.library.kinds import Entry
from portal.library.models import CatalogueItem, SearchDocument


def index_item(item: CatalogueItem, entry: Entry) -> None:
    """Write the search entry of ``item`` anew from ``entry``."""
    texts = list(entry.texts.values())
    SearchDocument.objects.update_or_create(
        item=item,
        defaults={
            "title": fold(" ".join([*(text.title for text in texts), *entry.words])),
            "summary": fold(" ".join(text.summary for text in texts)),
            "body": fold(" ".join(text.body for text in texts)),
        },
    )
