"""Shows in a text what a query found in it: marks in the text as it is printed, whatever way it was typed."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.library.search.encoding import Piece, may_go_on, pieces

# Two hits with no more than this between them are one: "Đà Nẵng", "ASEAN–China".
NARROW = re.compile(r"[\s\u00ad\u200b-\u200d\u2010-\u2015\u2212·-]{0,3}")

Span = tuple[int, int]


def highlight(text: str, terms: Iterable[str]) -> SafeString:
    """``text`` escaped, with ``<mark>`` around what ``terms`` (``SearchResult.terms``) find in it."""
    return _marked(text, _hits(text, terms))


def _hits(text: str, terms: Iterable[str]) -> list[Span]:
    """Where the terms stand in ``text``, in order, none overlapping or narrowly beside another."""
    wanted = [piece for term in terms for piece in pieces(term)]
    found = sorted(span for piece in pieces(text) for span in _hits_in(piece, wanted))
    joined: list[Span] = []
    for start, end in found:
        if joined and NARROW.fullmatch(text, joined[-1][1], max(start, joined[-1][1])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _hits_in(piece: Piece, wanted: list[Piece]) -> Iterator[Span]:
    for term in wanted:
        if term.is_run != piece.is_run:
            continue
        if not term.is_run:
            if piece.key == term.key or (may_go_on(term.key) and piece.key.startswith(term.key)):
                yield piece.start, piece.end
            continue
        place = piece.text.find(term.text)
        while place >= 0:
            last = place + len(term.text)
            yield piece.spans[place][0], piece.spans[last - 1][1]
            place = piece.text.find(term.text, last)


def _marked(text: str, hits: list[Span]) -> SafeString:
    parts = []
    done = 0
    for first, last in hits:
        parts += [escape(text[done:first]), format_html("<mark>{}</mark>", text[first:last])]
        done = last
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308 - every part was escaped
