"""Turns text into words that PostgreSQL and SQLite index alike: nothing but ASCII letters and digits.

A word of a script that writes spaces is folded and stays one. Chinese, Thai, Khmer, Lao and Burmese write none: such a
run becomes every pair of neighbouring characters, written as the numbers of the code points. Both databases would break
raw runs apart, each in its own way.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.core.folding import fold

LONGEST_WORD = 40
SHORTEST_PLURAL = 4
SHORTEST_BEGINNING = 3
# Han with kana and bopomofo, Thai and Lao, Burmese with its extensions, Khmer.
RUN_SCRIPTS = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3021-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff\U00020000-\U0003ffff]"
)
JOINERS = "-·・"
# Written as one word abroad and as two at home; in the index always two.
TWO_WORDS = {"vietnam": ("viet", "nam"), "hanoi": ("ha", "noi"), "danang": ("da", "nang")}
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|i|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE
)
TAG = re.compile(r"<[/!]?[A-Za-z-][^<>]*>")
# What belongs to the character before it: marks, vowel signs, invisible characters, parts of a Hangul syllable.
_FOLLOWERS = "".join(chr(n) for n in range(0x10000) if unicodedata.category(chr(n)) in {"Mn", "Mc", "Me", "Cf"})
CLUSTER = re.compile(f".[{re.escape(_FOLLOWERS)}\u1160-\u11ff\uff9e\uff9f]{{0,20}}", re.DOTALL)
# Patterns over the classes of characters (``_class_of``): for the index a run goes on behind a dash, so that it is
# found written without; in a query the parts stand for themselves, so that their order is free.
INDEX_PIECES = re.compile(r"W+|R+(?:S*J[SJ]*R+)*")
QUERY_PIECES = re.compile(r"W+|R+")


@dataclass(frozen=True)
class Piece:
    """A word or a run, folded. ``spans`` say for each of its characters where it stands in the original text."""

    text: str
    spans: tuple[tuple[int, int], ...]
    is_run: bool

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def key(self) -> str:
        """The text under which it is compared: of a word without the ending of the plural."""
        return self.text if self.is_run else singular(self.text[:LONGEST_WORD])


def pieces(text: str, pattern: re.Pattern[str] = INDEX_PIECES) -> Iterator[Piece]:
    """The words and runs of ``text`` in their order."""
    letters = list(_letters(text))
    classes = "".join(_class_of(letter) for letter, _span in letters)
    for found in pattern.finditer(classes):
        start, end = found.span()
        kept = [letters[n] for n in range(start, end) if classes[n] in "WR"]
        piece = Piece("".join(letter for letter, _ in kept), tuple(span for _, span in kept), classes[start] == "R")
        if piece.text != "s" or not classes[:start].endswith("WA"):  # the office's
            yield piece


def tokens_of(piece: Piece) -> list[str]:
    """What stands in the index for ``piece``; of a run also its last character alone, for who looks for only that."""
    if not piece.is_run:
        return [encode(word) for word in words_of(piece)]
    return [*pairs_of(piece.text), encode(piece.text[-1])]


def words_of(piece: Piece) -> tuple[str, ...]:
    """The word of ``piece`` as it is compared: two, where it is a name that is also written as two."""
    return TWO_WORDS.get(piece.key, (piece.key,))


def pairs_of(run: str) -> list[str]:
    """Every two neighbouring characters of a run, encoded."""
    return [encode(run[n : n + 2]) for n in range(len(run) - 1)]


def encode(text: str) -> str:
    """``text`` in ASCII; every character has the same width, so that the beginning of a word stays its beginning."""
    return text if text.isascii() else "u" + "".join(f"{ord(letter):05x}" for letter in text)


def singular(word: str) -> str:
    """An English word without the ending of the plural. Index and query get the same, so a wrong cut does no harm."""
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > SHORTEST_PLURAL else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def may_go_on(word: str) -> bool:
    """Whether a word of a query is also the beginning of longer ones: numbers and very short words are not."""
    return len(word) >= SHORTEST_BEGINNING and word[0].isalpha()


def text_of_html(source: str) -> str:
    """The text of a piece of HTML; tags inside a line part no words, all others do."""
    return html.unescape(TAG.sub(" ", INLINE_TAG.sub("", source)))


def _letters(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each character of the folded text, with the place of what it comes from in the original."""
    for cluster in CLUSTER.finditer(text):
        for letter in _fold_cluster(cluster[0]):
            yield letter, cluster.span()


@lru_cache(maxsize=20_000)
def _fold_cluster(cluster: str) -> str:
    folded = "".join(_digit(letter) for letter in fold(cluster) if not _is_invisible(letter))
    return folded or (" " if cluster[0].isspace() else "")


def _digit(letter: str) -> str:
    """The figures of Thai, Khmer, Lao and Burmese as those that everybody types."""
    return str(unicodedata.digit(letter)) if unicodedata.category(letter) == "Nd" else letter


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0100"


@lru_cache(maxsize=20_000)
def _class_of(letter: str) -> str:
    """W of a word, R of a run, J a joiner, S a space, A an apostrophe, X anything else."""
    if letter in JOINERS:
        return "J"
    if letter in " '":
        return "S" if letter == " " else "A"
    if unicodedata.category(letter)[0] not in "LMN":
        return "X"
    return "R" if RUN_SCRIPTS.match(letter) else "W"
