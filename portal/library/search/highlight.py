"""Shows in a text what a query found in it: marks in the text as it is printed, whatever way it was typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.library.search.encoding import LONGEST_WORD, Piece, may_go_on, pieces

# Two hits with no more than this between them are one: "Đà Nẵng", "ASEAN–China".
NARROW = re.compile(r"[\s\u00ad\u200b-\u200d\u2010-\u2015\u2212·-]{0,3}")
ELLIPSIS = "…"

Span = tuple[int, int]


def highlight(text: str, terms: Iterable[str]) -> SafeString:
    """``text`` escaped, with ``<mark>`` around what ``terms`` (``SearchResult.terms``) find in it."""
    return _marked(text, _hits(text, terms), 0, len(text))


def snippet(text: str, terms: Iterable[str], length: int = 200) -> SafeString:
    """The part of ``text`` around the first hit, about ``length`` characters, highlighted; its beginning without one.

    Cut where a word ends, as far as the script shows it; an ellipsis stands where something was left out.
    """
    text = text.strip()
    hits = _hits(text, terms)
    start, end = _window(text, hits[0] if hits else (0, 0), length)
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    return format_html("{}{}{}", before, _marked(text, hits, start, end), after)


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


def _marked(text: str, hits: list[Span], start: int, end: int) -> SafeString:
    parts = []
    done = start
    for first, last in hits:
        if first < start or last > end:
            continue
        parts += [escape(text[done:first]), format_html("<mark>{}</mark>", text[first:last])]
        done = last
    return mark_safe("".join([*parts, escape(text[done:end])]))  # noqa: S308 - every part was escaped


def _window(text: str, hit: Span, length: int) -> Span:
    """A stretch of about ``length`` characters, a third of it before the hit."""
    start = max(0, min(hit[0] - length // 3, len(text) - length))
    end = max(min(len(text), start + length), hit[1])
    if start:
        space = text.find(" ", start, min(start + LONGEST_WORD, hit[0]))
        start = space + 1 if space >= 0 else _letter_begin(text, start)
    if end < len(text):
        space = text.rfind(" ", max(end - LONGEST_WORD, hit[1]), end)
        end = space if space >= 0 else _letter_begin(text, end)
    return start, end


def _letter_begin(text: str, place: int) -> int:
    """``place``, or where the letter begins whose vowel sign stands there."""
    while place and unicodedata.category(text[place]) in {"Mn", "Mc", "Me", "Cf"}:
        place -= 1
    return place
