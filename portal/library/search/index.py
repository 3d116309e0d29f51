"""Writes the words of an item for the full-text index.

The index itself hangs on the table of ``SearchDocument`` (migration ``0002_search_index``): in PostgreSQL a generated
column, in SQLite an FTS5 table that triggers keep in step. So whatever changes or deletes a row changes the index.
"""

from collections.abc import Iterable
from itertools import islice

from portal.library.kinds import Entry
from portal.library.models import CatalogueItem, SearchDocument, SearchTerm
from portal.library.search.encoding import pieces, text_of_html, tokens_of

# PostgreSQL refuses more than a megabyte of different words in one row.
MOST_TOKENS = 20_000
MOST_CHARACTERS = 200_000
SHORTEST_TERM, LONGEST_TERM = 4, 30


def index_item(item: CatalogueItem, entry: Entry) -> None:
    """Write the search entry of ``item`` from ``entry``, if it differs, and the words offered for mistyped ones.

    Titles and ``entry.words`` count as title. All languages are found alike.
    """
    titles = [*(text.title for text in entry.texts.values()), *entry.words]
    summaries = [text.summary for text in entry.texts.values()]
    values = {
        "title": lines_of(titles),
        "summary": lines_of(summaries),
        "body": lines_of(text_of_html(text.body[:MOST_CHARACTERS]) for text in entry.texts.values()),
    }
    if SearchDocument.objects.filter(item=item).values(*values).first() != values:
        SearchDocument.objects.update_or_create(item=item, defaults=values)
        _write_terms(item, [*titles, *summaries])


def lines_of(texts: Iterable[str]) -> str:
    """The encoded words of ``texts``, a line for each; before and behind every word stands a space."""
    lines = [line for line in map(line_of, texts) if line.strip()]
    return "\n" + "".join(f"{line}\n" for line in lines)


def line_of(text: str) -> str:
    """The encoded words of ``text`` between spaces."""
    tokens = (token for piece in pieces(text[:MOST_CHARACTERS]) for token in tokens_of(piece))
    return f" {' '.join(islice(tokens, MOST_TOKENS))} "


def _write_terms(item: CatalogueItem, texts: list[str]) -> None:
    """The plain words by which somebody could have looked, as they are typed."""
    words = {piece.text for text in texts for piece in pieces(text) if not piece.is_run}
    terms = {word for word in words if word.isascii() and word.isalpha() and SHORTEST_TERM <= len(word) <= LONGEST_TERM}
    known = set(item.search_terms.values_list("term", flat=True))
    item.search_terms.filter(term__in=known - terms).delete()
    SearchTerm.objects.bulk_create(SearchTerm(item=item, term=term) for term in sorted(terms - known))
