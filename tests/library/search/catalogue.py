"""A small catalogue in many languages, and what is looked for in it (``queries.json``)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from portal.library.models import CatalogueItem, Document, Mandate, ProgrammeStrand, StrandName
from portal.library.search.query import search
from portal.library.services.catalogue import enter
from tests.library_factories import DocumentFactory, DocumentFileFactory, MandateFactory, ProgrammeStrandFactory

SHARED = json.loads(Path(__file__).with_name("queries.json").read_text(encoding="utf-8"))


def fill_catalogue() -> None:
    """Make the items of the fixture, public."""
    for row in SHARED["items"]:
        enter({"document": _document, "mandate": _mandate, "strand": _strand}[row["kind"]](row))


def found(query: str) -> list[str]:
    """The slugs of what ``query`` finds, in order."""
    return [slug_of(item) for item in search(query, CatalogueItem.objects.public()).items]


def slug_of(item: CatalogueItem) -> str:
    return item.address.rstrip("/").rpartition("/")[2]


def _day(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["day"]) if row["day"] else None


def _translated(name: str, values: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{code.replace('-', '_')}": values.get(code, "") for code in ("en", "zh-hans")}


def _document(row: dict[str, Any]) -> Document:
    texts = {**_translated("title", row["title"]), **_translated("summary", row.get("summary", {}))}
    document = DocumentFactory(
        slug=row["slug"], day=_day(row), authors=row.get("authors", ""), languages=[], is_public=True, **texts
    )
    for language, title in row["title"].items():
        DocumentFileFactory(document=document, language=language, title=title)
    return document


def _mandate(row: dict[str, Any]) -> Mandate:
    texts = _translated("name", row["title"])
    return MandateFactory(slug=row["slug"], day=_day(row), body_en=row.get("body", ""), is_public=True, **texts)


def _strand(row: dict[str, Any]) -> ProgrammeStrand:
    texts = {**_translated("name", row["title"]), **_translated("summary", row.get("summary", {}))}
    strand = ProgrammeStrandFactory(
        slug=row["slug"],
        day=_day(row),
        abbreviation=row.get("abbreviation", ""),
        standing_en=row.get("standing", ""),
        is_public=True,
        **texts,
    )
    for name in row.get("names", []):
        StrandName.objects.create(strand=strand, name=name)
    return strand
