"""Collects the texts of code and templates and compares them with the catalogues in locale/. Needs no gettext."""

import ast
import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import templatize, to_locale

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_KEYWORDS = KEYWORDS | {"_": None}
BORROWED = "unfold"  # the admin's theme brings no catalogue of its own: its texts are translated with ours
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


def collect(root: Path) -> Catalog:
    """Every text under ``root`` (its packages except tests, its templates/) and of the admin's theme."""
    found = Catalog()
    for folder in _own_folders(root):
        _collect_folder(folder, found)
    borrowed = Catalog()
    for app in apps.get_app_configs():
        if app.name.split(".")[0] == BORROWED:
            _collect_folder(Path(app.path), borrowed, skip="contrib")
    for message in borrowed:
        if message.id and not _is_translated_elsewhere(message):
            _add(found, message)
    return found


def catalogue_files(root: Path) -> list[Path]:
    """The .po file of every language but English, whether it exists yet or not."""
    languages = [code for code, _ in settings.LANGUAGES if code != "en"]
    return [root / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po" for code in languages]


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
        known = old.get(_first(message), message.context)
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
            fault = _fault(message, catalogue.get(_first(message), message.context))
            if fault:
                yield f"{fault}: {_show(message)}"
    wanted = {_key(message) for message in found}
    for message in catalogue:
        if message.id and _key(message) not in wanted:
            yield f"not used any more: {_show(message)}"


def _own_folders(root: Path) -> list[Path]:
    packages = [path.parent for path in root.glob("*/__init__.py") if path.parent.name != "tests"]
    return sorted([*packages, root / "templates"])


def _collect_folder(folder: Path, found: Catalog, skip: str = "") -> None:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not inside or inside[0] == skip or "migrations" in inside:
            continue
        if path.suffix == ".py":
            source = path.read_text()
            _extract(source, _python_keywords(source), found)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            _extract(_as_python(path), TEMPLATE_KEYWORDS, found)


def _extract(source: str, keywords: dict, found: Catalog) -> None:
    for _, text, comments, context in extract("python", io.BytesIO(source.encode()), keywords, ["Translators:"]):
        found.add(text, auto_comments=comments, context=context)


def _python_keywords(source: str) -> dict:
    """Django's functions under whatever names the module imports them."""
    names = dict(KEYWORDS)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {item.asname: KEYWORDS[item.name] for item in node.names if item.asname and item.name in KEYWORDS}
    return names


def _as_python(path: Path) -> str:
    # What is no text becomes rows of X, whose indentation would mean something in Python.
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def _is_translated_elsewhere(message: Message) -> bool:
    """Whether Django's own catalogue has the text already."""
    for language in (path.parent.parent.name for path in catalogue_files(Path())):
        for app in ("django.contrib.admin", "django.contrib.auth"):
            folder = Path(apps.get_app_config(app.rsplit(".", 1)[1]).path) / "locale"
            known = gettext.translation("django", str(folder), [language], fallback=True)
            if known.gettext(_first(message)) != _first(message):
                return True
    return False


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
    strings = [text or "" for text in _forms(known.string)]
    if isinstance(source.id, str) != isinstance(known.id, str) or not all(strings):
        return "empty"
    # The last form of the source is the one that counts: "one seat" may leave its number out, a translation not.
    wanted = _placeholders(_forms(source.id)[-1])
    return "" if all(_placeholders(text) == wanted for text in strings) else "other placeholders"


def _placeholders(text: str) -> set[str]:
    return {found[0] for found in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _add(catalogue: Catalog, message: Message) -> None:
    catalogue.add(message.id, auto_comments=message.auto_comments, context=message.context)


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: Any) -> list[str]:
    """A text's singular and plural as a list; Babel gives a string when there is only one."""
    return [text] if isinstance(text, str) else list(text)


def _key(message: Message) -> tuple[str, str | None]:
    return _first(message), message.context


def _show(message: Message) -> str:
    context = f"[{message.context}] " if message.context else ""
    return context + repr(_first(message))
