"""Finds what a person typed. The same answer in the same order on PostgreSQL and SQLite."""

import re
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, F, IntegerField, Lookup, Q, Value, When

from portal.library.querysets import CatalogueQuerySet
from portal.library.search.encoding import QUERY_PIECES, Piece, encode, may_go_on, pairs_of, pieces
from portal.library.search.index import line_of

LONGEST_QUERY = 200
MOST_TERMS = 12
LONGEST_RUN = 40
# Looked for only when nothing else is asked: "the state of mangroves" wants no "the" in the record.
SMALL_WORDS = {"a", "and", "the", "of", "in", "for"}
# The two sides are named in either order, with a dash or without; Chinese would write them as one run.
BOTH_SIDES = re.compile(r"(中国|东盟)\W{0,3}(东盟|中国)")

BY_FTS5 = " IN (SELECT rowid FROM library_search WHERE library_search MATCH %s)"
BY_VECTOR = " IN (SELECT item_id FROM library_searchdocument WHERE vector @@ %s::tsquery)"


@dataclass(frozen=True)
class Term:
    """One word or run of a query; ``tokens`` are its words in the index, ``is_beginning`` that it may go on."""

    piece: Piece
    tokens: tuple[str, ...]
    is_beginning: bool

    @property
    def text(self) -> str:
        """As ``highlight`` takes it."""
        return self.piece.key

    @property
    def needle(self) -> str:
        """How the term stands in a line of the index."""
        return f" {' '.join(self.tokens)}" + ("" if self.is_beginning else " ")


class InIndex(Lookup):
    """Whether the row with this key has every token of the terms, by the full-text index of the database.

    Tokens are ASCII letters and digits and stand between quotes: nothing a person types is an operator.
    """

    prepare_rhs = False
    rhs: tuple[Term, ...]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        key, params = self.process_lhs(compiler, connection)
        words = " AND ".join(f'"{token}"{"*" * term.is_beginning}' for term in self.rhs for token in term.tokens)
        return key + BY_FTS5, [*params, words]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        key, params = self.process_lhs(compiler, connection)
        words = " & ".join(f"'{token}'{':*' * term.is_beginning}" for term in self.rhs for token in term.tokens)
        return key + BY_VECTOR, [*params, words]


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
        """The query with its mistyped words put right, or "" if nothing would be found by it either."""
        return ""


def search(text: str, items: CatalogueQuerySet) -> SearchResult:
    """Look for ``text`` among ``items`` (filtered as you like, not sliced). Never an error, whatever the text is.

    Every word has to occur, whole or, from three letters, as a beginning. First what bears the text as its title, then
    what has it in the title, then all words in the title, in title and summary, anywhere; the latest first in each.
    """
    return SearchResult(text, items)


def terms_of(text: str) -> tuple[Term, ...]:
    """What has to occur for ``text`` to be found."""
    found = {piece.key: piece for piece in pieces(BOTH_SIDES.sub(r" \1 \2 ", text), QUERY_PIECES)}
    wanted = [piece for key, piece in found.items() if key not in SMALL_WORDS] or list(found.values())
    return tuple(_term(piece) for piece in wanted[:MOST_TERMS])


def matching(items: CatalogueQuerySet, query: tuple[Term, ...]) -> CatalogueQuerySet:
    """Those of ``items`` in which every term occurs.

    The index knows pairs of characters; that the pairs of a longer run stand together is looked up in the text.
    """
    found = items.filter(InIndex(F("pk"), query))
    for term in query:
        if len(term.tokens) > 1:
            found = found.filter(_has(term, "title", "summary", "body"))
    return found


def ranked(items: CatalogueQuerySet, query: tuple[Term, ...], text: str) -> CatalogueQuerySet:
    """Those of ``items`` that match, the best first."""
    line = line_of(text)
    rank = Case(
        When(search__title__contains=f"\n{line}\n", then=Value(0)),
        When(search__title__contains=line, then=Value(1)),
        When(reduce(and_, (_has(term, "title") for term in query)), then=Value(2)),
        When(reduce(and_, (_has(term, "title", "summary") for term in query)), then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return matching(items, query).alias(rank=rank).order_by("rank", F("day").desc(nulls_last=True), "-pk")


def _has(term: Term, *columns: str) -> Q:
    return reduce(or_, (Q(**{f"search__{column}__contains": term.needle}) for column in columns))


def _term(piece: Piece) -> Term:
    """A run of several characters is looked for by its pairs, a single one as the beginning of a pair."""
    if piece.is_run:
        run = piece.text[:LONGEST_RUN]
        return Term(piece, tuple(pairs_of(run)) or (encode(run),), is_beginning=len(run) == 1)
    return Term(piece, (encode(piece.key),), is_beginning=may_go_on(piece.key))
