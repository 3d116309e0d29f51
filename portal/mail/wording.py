"""Texts with ``{name}`` placeholders: checked when an officer saves them, filled in when they are sent.

Not ``str.format``: that would let a text reach into objects. Nothing but an allowed name in braces is interpreted, and
what is filled in is never looked at again.
"""

import re
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BRACES = re.compile(r"\{([^{}\n]*)\}")
# ASCII only, so that Chinese punctuation right after an address ends it.
URL = re.compile(r"https?://[!#-&*-;=?-Z\[\]_a-z~]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
LINK_ENDINGS = ("link", "url")


class WordingError(ValueError):
    """A text uses a placeholder that its kind does not have, or has no value for."""


def placeholders_in(*texts: str) -> set[str]:
    """Everything that stands in braces."""
    return {name for text in texts for name in BRACES.findall(text)}


def unknown_placeholders(texts: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """The names in braces that are not among ``allowed``, sorted."""
    return sorted(placeholders_in(*texts) - set(allowed))


def fill_subject(text: str, values: Mapping[str, str]) -> str:
    """One line, whatever the values hold: no header can be smuggled in."""
    return " ".join("".join(part for part, _ in _parts(text, values)).split())


def fill_text(body: str, values: Mapping[str, str]) -> str:
    """The plain text: paragraphs parted by one blank line; a line that only held an empty value is gone."""
    return _tidy("".join(part for part, _ in _parts(body, values)))


def fill_html(body: str, values: Mapping[str, str]) -> list[SafeString]:
    """The same as paragraphs of HTML: everything escaped, addresses in the wording and links of ours clickable.

    An address inside another value (a name somebody typed) stays plain text.
    """
    joined = "".join(_html(part, name) for part, name in _parts(body, values))
    return [mark_safe("<br>\n".join(block.split("\n"))) for block in _tidy(joined).split("\n\n")]  # noqa: S308 - escaped in _html


def _parts(text: str, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """``(text, placeholder name or "")`` in order."""
    pieces = BRACES.split(text.replace("\r\n", "\n"))
    missing = [name for name in pieces[1::2] if name not in values]
    if missing:
        raise WordingError("no value for " + ", ".join(f"{{{name}}}" for name in missing))
    return [(_clean(values[piece]), piece) if i % 2 else (piece, "") for i, piece in enumerate(pieces)]


def _clean(value: str) -> str:
    return CONTROL.sub(" ", str(value).replace("\r\n", "\n"))


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _html(part: str, name: str) -> str:
    if name and not (name.endswith(LINK_ENDINGS) or part.startswith(f"{settings.BASE_URL}/")):
        return escape(part)
    found = URL.split(part), URL.findall(part)
    html: list[str] = [escape(found[0][0])]
    for address, after in zip(found[1], found[0][1:], strict=True):
        shown = address.rstrip(".,;:!?")
        html.append(f'<a href="{escape(shown)}">{escape(shown)}</a>{escape(address[len(shown) :] + after)}')
    return "".join(html)
