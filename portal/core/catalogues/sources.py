"""Finds every text of the code and the templates that is meant to be translated."""

import ast
import gettext
import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.apps import apps
from django.utils.translation import templatize

from portal.core.catalogues.words import catalogue_files, first_form

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
            if known.gettext(first_form(message)) != first_form(message):
                return True
    return False


def _add(catalogue: Catalog, message: Message) -> None:
    catalogue.add(message.id, auto_comments=message.auto_comments, context=message.context)
