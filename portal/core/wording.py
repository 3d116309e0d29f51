"""Texts kept as a mapping from language to what is there in it, as released programmes keep them."""

from collections.abc import Mapping

from django.utils.translation import get_language


def pick(texts: Mapping[str, str]) -> tuple[str, str]:
    """The text in the reader's language, else the first that is there; and the code of its language ("" for none)."""
    reader = get_language() or ""
    if texts.get(reader):
        return texts[reader], reader
    return next(((text, code) for code, text in texts.items() if text), ("", ""))


def said(texts: Mapping[str, str]) -> str:
    """The text alone."""
    return pick(texts)[0]
