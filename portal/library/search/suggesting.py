"""Offers another word for a mistyped one."""

from django.db.models import Count, Q
from django.db.models.functions import Length

from portal.library.models import SearchTerm
from portal.library.querysets import CatalogueQuerySet
from portal.library.search.index import LONGEST_TERM, SHORTEST_TERM
from portal.library.search.matching import matching
from portal.library.search.terms import Term, part_names, terms_of

MOST_WORDS = 4
MOST_CANDIDATES = 1_000
LONG_WORD = 6


def suggest(text: str, items: CatalogueQuerySet) -> str:
    """``text`` with its mistyped words put right by words of ``items``.

    "" when ``text`` itself finds something, and when nothing near it would. Words of hidden items are never offered.
    """
    text = part_names(text)
    query = terms_of(text)
    if not query or matching(items, query).exists():
        return ""
    mended = text
    for term in sorted(filter(_is_plain, query[:MOST_WORDS]), key=lambda term: -term.piece.start):
        if not matching(items, (term,)).exists():
            better = _nearest(term.piece.text, items) or term.piece.text
            mended = f"{mended[: term.piece.start]}{better}{mended[term.piece.end :]}"
    return " ".join(mended.split()) if matching(items, terms_of(mended)).exists() else ""


def _is_plain(term: Term) -> bool:
    word = term.piece.text
    return word.isascii() and word.isalpha() and SHORTEST_TERM <= len(word) <= LONGEST_TERM


def _nearest(word: str, items: CatalogueQuerySet) -> str:
    """The word of ``items`` with the fewest slips between it and ``word``; of several the most frequent."""
    allowed = 2 if len(word) >= LONG_WORD else 1
    like = Q(term__startswith=word[0]) | Q(term__startswith=word[1]) | Q(term__endswith=word[-3:])
    candidates = (
        SearchTerm.objects.alias(length=Length("term"))
        .filter(like, item__in=items.order_by(), length__range=(len(word) - allowed, len(word) + allowed))
        .values_list("term")
        .annotate(found=Count("item"))
        .order_by("term")[:MOST_CANDIDATES]
    )
    near = [
        (slips(word, term), -found, term) for term, found in candidates if len(set(word) ^ set(term)) <= 2 * allowed
    ]
    best = min(near, default=(allowed + 1, 0, ""))
    return best[2] if best[0] <= allowed else ""


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
