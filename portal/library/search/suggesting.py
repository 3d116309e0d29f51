"""Offers another word for a mistyped one."""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Count, Q
from django.db.models.functions import Length

from portal.library.models import SearchTerm
from portal.library.querysets import CatalogueQuerySet
from portal.library.search.encoding import pieces
from portal.library.search.index import LONGEST_TERM, SHORTEST_TERM
from portal.library.search.matching import matching
from portal.library.search.terms import Term, terms_of

MOST_WORDS = 4
MOST_CANDIDATES = 2_000
LONG_WORD = 6
HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010-\u2013](?=[^\W\d_])")  # "micro-plastic", which others write as one word


def suggest(text: str, items: CatalogueQuerySet) -> str:
    """``text`` with its mistyped words put right by words of ``items``.

    "" when ``text`` itself finds something, and when nothing near it would. Words of hidden items are never offered.
    """
    query = terms_of(text)
    if not query or matching(items, query).exists():
        return ""
    joined = HYPHEN.sub("", text)
    if joined != text and matching(items, terms_of(joined)).exists():
        return " ".join(joined.split())
    words = [term for term in query if _is_plain(term)][:MOST_WORDS]
    missing = [term for term in words if not matching(items, (term,)).exists()]
    mended = _replaced(text, {term.piece.key: _nearest(term.piece.text, items) for term in missing})
    return " ".join(mended.split()) if matching(items, terms_of(mended)).exists() else ""


def _replaced(text: str, better: dict[str, str]) -> str:
    for piece in reversed(list(pieces(text))):
        if better.get(piece.key):
            text = f"{text[: piece.start]}{better[piece.key]}{text[piece.end :]}"
    return text


def _is_plain(term: Term) -> bool:
    word = term.piece.text
    return word.isascii() and word.isalpha() and SHORTEST_TERM <= len(word) <= LONGEST_TERM


def _nearest(word: str, items: CatalogueQuerySet) -> str:
    """The word of ``items`` with the fewest slips between it and ``word``; of several the most frequent."""
    allowed = 2 if len(word) >= LONG_WORD else 1
    near = {term: number for term in _candidates(word, allowed) if (number := slips(word, term)) <= allowed}
    visible = SearchTerm.objects.filter(term__in=near, item__in=items.order_by()).values_list("term")
    best = min(((near[term], -found, term) for term, found in visible.annotate(found=Count("item"))), default=None)
    return best[2] if best else ""


def _candidates(word: str, allowed: int) -> Iterator[str]:
    """Words of about that length which begin with its first or, if two letters were swapped, its second letter."""
    begins = reduce(or_, (Q(term__gte=letter, term__lt=_next(letter)) for letter in {*word[:2]}))
    terms = (
        SearchTerm.objects.alias(length=Length("term"))
        .filter(begins, length__gte=len(word) - allowed, length__lte=len(word) + allowed)
        .values_list("term", flat=True)
        .distinct()
        .order_by("term")[:MOST_CANDIDATES]
    )
    return (term for term in terms if len(set(word) ^ set(term)) <= 2 * allowed)


def _next(letter: str) -> str:
    return chr(ord(letter) + 1) if letter != "z" else "zzzz"


def slips(one: str, other: str) -> int:
    """How many letters must be added, left out, replaced or swapped with their neighbour to make one the other."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1]
