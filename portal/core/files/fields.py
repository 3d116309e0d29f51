"""The form field for uploads."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.files.inspection import ACCEPTED, inspect_upload


class UploadField(forms.FileField):
    """A file of certain kinds, inspected when the form is validated; hand its value to ``store_upload``."""

    def __init__(self, *, kinds: Collection[str], **options: Any) -> None:
        self.kinds = kinds
        suffixes = ",".join(ACCEPTED[kind][1] for kind in kinds)
        options.setdefault("widget", forms.FileInput(attrs={"accept": suffixes}))
        options.setdefault("help_text", accepted_help(kinds))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            inspect_upload(upload, self.kinds)
            upload.seek(0)
        return upload


def accepted_help(kinds: Collection[str]) -> Any:
    """What may be uploaded, in words (lazy)."""
    return format_lazy(
        _("{names}; at most {limit} MB."),
        names=", ".join(ACCEPTED[kind][0] for kind in kinds),
        limit=settings.UPLOAD_MAX_BYTES // 2**20,
    )
