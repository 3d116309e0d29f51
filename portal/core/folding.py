"""Folds text so that two ways of writing one thing compare equal. For search keys and headings, not for display."""

import re
import unicodedata

DASHES = re.compile(r"[\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")
APOSTROPHES = re.compile(r"[\u2018\u2019\u02bc\u02bb\u0060\u00b4]")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Letters that Unicode does not take apart into a base letter and an accent.
WHOLE_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
# Accents of the scripts written with Latin letters; the vowel signs of Thai, Khmer or Burmese are not accents.
ACCENTS = re.compile(r"[\u0300-\u036f]")


def fold(text: str) -> str:
    """``text`` without differences of case, accent, width, dash, apostrophe and spacing: "Đà Nẵng" is "da nang"."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = APOSTROPHES.sub("'", DASHES.sub("-", text)).casefold().translate(WHOLE_LETTERS)
    text = ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return " ".join(unicodedata.normalize("NFC", text).split())
