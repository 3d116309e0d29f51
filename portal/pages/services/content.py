"""Opening content of the roof: the texts that forms link and consents name."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.core.models import TextVersion
from portal.core.pagecache import content_changed

PRIVACY_NOTICE = "privacy-notice"
DATA = Path(__file__).resolve().parent.parent / "data"


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
