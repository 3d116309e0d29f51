"""The catalogues in locale/: merged with the texts found, compiled, and compared with them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.core.catalogues.words import first_form, forms

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")
HEADER = """\
# Texts of the portal. `make messages` collects new ones, `make check` says which are missing.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def read_catalogue(path: Path) -> Catalog:
    """The catalogue in ``path``; an empty one when there is no such file."""
    locale = path.parent.parent.name
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def merge(path: Path, found: Catalog) -> tuple[int, int]:
    """Rewrite ``path`` with the texts found, keeping their translations. Returns how many came and how many went."""
    old = read_catalogue(path)
    fresh = Catalog(locale=path.parent.parent.name, fuzzy=False)
    before, now = {_key(message) for message in old if message.id}, {_key(message) for message in found if message.id}
    for message in found:
        if not message.id:
            continue
        known = old.get(first_form(message), message.context)
        fresh.add(
            message.id,
            known.string if known else None,
            flags=message.flags | ((known.flags & {"fuzzy"}) if known else set()),
            auto_comments=message.auto_comments,
            context=message.context,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_dump(fresh))
    return len(now - before), len(before - now)


def compile_catalogue(path: Path) -> bool:
    """Write the .mo file beside ``path`` when it is older than it; whether it was written."""
    target = path.with_suffix(".mo")
    if not path.exists() or (target.exists() and target.stat().st_mtime >= path.stat().st_mtime):
        return False
    fresh = target.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, read_catalogue(path))
    fresh.replace(target)
    return True


def faults(path: Path, found: Catalog) -> Iterator[str]:
    """One line for each text that is missing, fuzzy, empty, not used any more, or changes its placeholders."""
    catalogue = read_catalogue(path)
    for message in found:
        if message.id:
            fault = _fault(message, catalogue.get(first_form(message), message.context))
            if fault:
                yield f"{fault}: {_show(message)}"
    wanted = {_key(message) for message in found}
    for message in catalogue:
        if message.id and _key(message) not in wanted:
            yield f"not used any more: {_show(message)}"


def _dump(catalogue: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=catalogue.locale_identifier, plural_forms=catalogue.plural_forms)
    return header.encode() + body.getvalue().rstrip() + b"\n"


def _fault(source: Message, known: Message | None) -> str:
    if known is None:
        return "missing"
    if known.fuzzy:
        return "fuzzy"
    strings = [text or "" for text in forms(known.string)]
    if isinstance(source.id, str) != isinstance(known.id, str) or not all(strings):
        return "empty"
    # The last form of the source is the one that counts: "one seat" may leave its number out, a translation not.
    wanted = _placeholders(forms(source.id)[-1])
    return "" if all(_placeholders(text) == wanted for text in strings) else "other placeholders"


def _placeholders(text: str) -> set[str]:
    return {found[0] for found in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _key(message: Message) -> tuple[str, str | None]:
    return first_form(message), message.context


def _show(message: Message) -> str:
    context = f"[{message.context}] " if message.context else ""
    return context + repr(first_form(message))
