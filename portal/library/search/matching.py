"""Which items have the terms of a query, and in what order."""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, F, IntegerField, Lookup, Q, Value, When

from portal.library.querysets import CatalogueQuerySet
from portal.library.search.encoding import pieces, tokens_of
from portal.library.search.index import line_of
from portal.library.search.terms import Term

BY_FTS5 = " IN (SELECT rowid FROM library_search WHERE library_search MATCH %s)"
BY_VECTOR = " IN (SELECT library_search(%s::tsquery))"


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
    rank = Case(
        When(search__title__contains=f"\n{line_of(text)}\n", then=Value(0)),
        When(search__title__contains=_phrase(text), then=Value(1)),
        When(reduce(and_, (_has(term, "title") for term in query)), then=Value(2)),
        When(reduce(and_, (_has(term, "title", "summary") for term in query)), then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return matching(items, query).alias(rank=rank).order_by("rank", F("day").desc(nulls_last=True), "-pk")


def _phrase(text: str) -> str:
    """How ``text`` stands in a longer line of the index: a run at its end may go on there."""
    found = list(pieces(text))
    tokens = [token for piece in found for token in tokens_of(piece)]
    if found[-1].is_run:
        return f" {' '.join(tokens[:-1])} " if len(found[-1].text) > 1 else f" {' '.join(tokens)}"
    return f" {' '.join(tokens)} "


def _has(term: Term, *columns: str) -> Q:
    return reduce(or_, (Q(**{f"search__{column}__contains": term.needle}) for column in columns))
