"""Opening content of the roof: the texts that forms link and consents name, and what belongs together."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from forums.models import Event
from portal.core.audit import log
from portal.core.models import AuditEntry, TextVersion
from portal.core.pagecache import content_changed
from portal.directory.services.content import BY, RELATED, find_loaded
from portal.library.models import Mandate, ProgrammeStrand
from portal.library.services.catalogue import relate

PRIVACY_NOTICE = "privacy-notice"
DATA = Path(__file__).resolve().parent.parent / "data"

TABLES: dict[str, type[models.Model]] = {"event": Event, "mandate": Mandate, "strand": ProgrammeStrand}


@transaction.atomic
def relate_records() -> int:
    """Tie together what ``data/related.json`` names in pairs; returns how many are new.

    A tie that an officer took away again is not made a second time: the history of the first thing remembers it.
    """
    pairs = json.loads((DATA / "related.json").read_text(encoding="utf-8"))["pairs"]
    return sum(_relate(one, other) for one, other in pairs)


def _relate(one: str, other: str) -> bool:
    """``one`` and ``other`` as ``kind:code``."""
    things = [find_loaded(TABLES[kind], code) for kind, _colon, code in (name.partition(":") for name in (one, other))]
    note = f"{one} – {other}"
    if None in things or AuditEntry.objects.filter(action=RELATED, note=note).exists():
        return False
    relate(*things)
    log(things[0], RELATED, by=BY, note=note)
    return True


@transaction.atomic
def load_texts() -> int:
    """Add the versions of ``data/privacy-notice.json`` that are not there yet; returns how many were added.

    A version that exists is left as it is: released texts are never edited. In order: rows, content changed.
    """
    data = json.loads((DATA / f"{PRIVACY_NOTICE}.json").read_text(encoding="utf-8"))
    added = sum(_add(data["code"], version) for version in data["versions"])
    if added:
        content_changed()
    return added


def _add(code: str, version: dict[str, Any]) -> bool:
    title, body = version["title"], version["body"]
    return TextVersion.objects.get_or_create(
        code=code,
        version=version["version"],
        defaults={
            "title_en": title["en"],
            "title_zh_hans": title["zh-hans"],
            "body_en": "\n".join(body["en"]),
            "body_zh_hans": "\n".join(body["zh-hans"]),
            "released_at": datetime.fromisoformat(version["released_at"]),
        },
    )[1]
