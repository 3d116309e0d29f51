"""Keeps uploaded files."""

import hashlib
from collections.abc import Collection
from typing import Any

from portal.core.files.inspection import inspect_upload
from portal.core.models import StoredFile


def store_upload(upload: Any, *, purpose: str, by: Any = None, kinds: Collection[str]) -> StoredFile:
    """Inspect ``upload`` and keep it for ``purpose`` (which names who may open it); ``kinds``: image, document, sheet.

    Raises ``ValidationError`` with a message for the person; then nothing is kept. In order: size and content are
    inspected, pictures are made anew without metadata, the content goes to the storage, the row is written.
    """
    found = inspect_upload(upload, kinds)
    found.content.seek(0)
    stored = StoredFile(
        name=found.name,
        content_type=found.content_type,
        size=found.content.size,
        sha256=hashlib.file_digest(found.content, "sha256").hexdigest(),
        purpose=purpose,
        uploaded_by=by if by is not None and by.is_authenticated else None,
    )
    found.content.seek(0)
    stored.file.save(found.name, found.content, save=True)
    return stored
