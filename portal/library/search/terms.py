"""What of a text is looked for."""

import re
from dataclasses import dataclass

from portal.library.search.encoding import QUERY_PIECES, Piece, encode, may_go_on, pairs_of, pieces, words_of

LONGEST_QUERY = 200
MOST_TERMS = 12
LONGEST_RUN = 40
# Looked for only when nothing else is asked: "the state of mangroves" wants no "the" in the record.
SMALL_WORDS = {"a", "and", "the", "of", "in", "for"}
# The two sides are named in either order, with a dash or without; Chinese would write them as one run.
BOTH_SIDES = re.compile(r"\s*(中国|东盟)\W{0,3}(东盟|中国)\s*")
# "2024年论坛": a title has other words between the year and the forum.
COUNTED = re.compile(r"(?<=\d)([年月日届])\s*")


@dataclass(frozen=True)
class Term:
    """One word or run of a query; ``tokens`` are its words in the index, ``is_beginning`` that it may go on."""

    piece: Piece
    tokens: tuple[str, ...]
    is_beginning: bool

    @property
    def text(self) -> str:
        """As ``highlight`` takes it."""
        return self.piece.text if self.piece.is_run else " ".join(words_of(self.piece))

    @property
    def needle(self) -> str:
        """How the term stands in a line of the index."""
        return f" {' '.join(self.tokens)}" + ("" if self.is_beginning else " ")


def terms_of(text: str) -> tuple[Term, ...]:
    """What has to occur for ``text``, of any length, to be found."""
    found: dict[str, Piece] = {}
    for piece in pieces(part_names(text[:LONGEST_QUERY]), QUERY_PIECES):
        found.setdefault(piece.key, piece)
    wanted = [piece for key, piece in found.items() if key not in SMALL_WORDS] or list(found.values())
    return tuple(_term(piece) for piece in wanted[:MOST_TERMS])


def part_names(text: str) -> str:
    """A Chinese query with spaces where people mean two words: between China and ASEAN, and behind a year."""
    return COUNTED.sub(r"\1 ", BOTH_SIDES.sub(r" \1 \2 ", text))


def _term(piece: Piece) -> Term:
    """A run of several characters is looked for by its pairs, a single one as the beginning of a pair."""
    if piece.is_run:
        run = piece.text[:LONGEST_RUN]
        return Term(piece, tuple(pairs_of(run)) or (encode(run),), is_beginning=len(run) == 1)
    words = words_of(piece)
    return Term(piece, tuple(map(encode, words)), is_beginning=len(words) == 1 and may_go_on(piece.key))
