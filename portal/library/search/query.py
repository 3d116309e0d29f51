"""Finds what a person typed. The same answer in the same order on PostgreSQL and SQLite."""

from functools import cached_property

from portal.library.querysets import CatalogueQuerySet
from portal.library.search.matching import ranked
from portal.library.search.suggesting import suggest
from portal.library.search.terms import LONGEST_QUERY, terms_of


class SearchResult:
    """What was found.

    ``items`` in the order of their rank, to be sliced and counted; ``terms`` for ``highlight``; ``is_empty_query``:
    there was nothing to look for. ``suggestion`` asks the database, so ask for it only where nothing was found.
    """

    def __init__(self, text: str, items: CatalogueQuerySet) -> None:
        self.text = text[:LONGEST_QUERY]
        self.within = items
        self.query = terms_of(self.text)
        self.items: CatalogueQuerySet = ranked(items, self.query, self.text) if self.query else items.none()

    @property
    def terms(self) -> list[str]:
        return [term.text for term in self.query]

    @property
    def is_empty_query(self) -> bool:
        return not self.query

    @cached_property
    def suggestion(self) -> str:
        """The query with its mistyped words put right; "" when something is found, or nothing would be by it either."""
        return suggest(self.text, self.within)


def search(text: str, items: CatalogueQuerySet) -> SearchResult:
    """Look for ``text`` among ``items`` (filtered as you like, not sliced). Never an error, whatever the text is.

    Every word has to occur, whole or, from three letters, as a beginning. First what bears the text as its title, then
    what has it in the title, then all words in the title, in title and summary, anywhere; the latest first in each.
    """
    return SearchResult(text, items)
