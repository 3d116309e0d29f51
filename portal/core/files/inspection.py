"""Looks into an uploaded file before it is kept: what it really is, whether that is allowed, what to call it."""

import os
import re
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from portal.core.files.pictures import clean_picture

MAX_UNPACKED = 300 * 2**20
PDF_END_WITHIN = 64 * 1024  # of the end of the file: some programs write something behind
DAMAGED = _("The file is damaged. Open it, save it again and upload that.")
OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
}
# The part that makes a zip archive this kind of document.
OFFICE_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|....ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL
)
MARKUP = re.compile(
    rb"<\s*(!doctype|\?xml|html|head|body|script|style|svg|iframe|object|embed|img|link|meta)\b", re.IGNORECASE
)
KINDS = {"image": {"jpg", "png"}, "document": {"pdf", "docx", "pptx"}, "sheet": {"xlsx", "csv"}}
# For people and for the browser's file chooser.
ACCEPTED = {
    "image": ("JPEG, PNG, WebP, HEIC", ".jpg,.jpeg,.png,.webp,.gif,.heic,.heif"),
    "document": ("PDF, DOCX, PPTX", ".pdf,.docx,.pptx"),
    "sheet": ("XLSX, CSV", ".xlsx,.csv"),
}
UNSAFE_IN_NAMES = re.compile(r'[/\\:*?"<>|]')


@dataclass(frozen=True)
class Inspected:
    """A file as it may be kept: its name with the suffix of what it is, its suffix, and its content."""

    name: str
    suffix: str
    content: File

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.suffix]


def inspect_upload(upload: Any, kinds: Collection[str]) -> Inspected:
    """Look into ``upload`` (an uploaded file) and say what may be kept of it; ``kinds`` are keys of ``KINDS``.

    Size first, then the content, never the name or the type the browser said. Pictures are made anew.
    Raises ``ValidationError`` with a message for the person.
    """
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 2**20
        raise ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": limit}, code="too_large")
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    suffix, content = _recognise(upload)
    if suffix not in {suffix for kind in kinds for suffix in KINDS[kind]}:
        names = ", ".join(ACCEPTED[kind][0] for kind in kinds)
        raise ValidationError(
            _("This kind of file is not accepted here. Accepted are: %(names)s."), params={"names": names}, code="kind"
        )
    return Inspected(_safe_name(upload.name or "", suffix), suffix, content)


def _recognise(upload: Any) -> tuple[str, File]:
    """The suffix of what the file is ("" when it is nothing we take), and its content."""
    upload.seek(0)
    start = upload.read(1024)
    upload.seek(0)
    if PICTURE.match(start):
        return clean_picture(upload)
    if start.startswith(b"%PDF-"):
        _refuse_cut_off(upload)
        return "pdf", File(upload)
    if start.startswith(b"PK\x03\x04"):
        return _office_suffix(upload), File(upload)
    is_csv = str(upload.name).lower().endswith(".csv") and _is_plain_table(upload)
    return ("csv" if is_csv else ""), File(upload)


def _refuse_cut_off(file: IO[bytes]) -> None:
    """A PDF says at its end that it has ended; one that was cut off, or is none but for its first word, does not."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - PDF_END_WITHIN))
    end = file.read()
    file.seek(0)
    if b"%%EOF" not in end:
        raise ValidationError(DAMAGED)


def _office_suffix(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    # NotImplementedError is zipfile's word for an archive packed in a way it cannot read.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValidationError(DAMAGED) from error
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > MAX_UNPACKED or any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError(
            _("Documents with macros, or too big when unpacked, are not accepted. Save a plain copy.")
        )
    found = [suffix for part, suffix in OFFICE_PARTS.items() if part in names]
    return found[0] if len(found) == 1 and "[Content_Types].xml" in names else ""


def _is_plain_table(file: IO[bytes]) -> bool:
    """A CSV is text in an encoding we read, without anything a browser could take for a page."""
    content = file.read()
    file.seek(0)
    if b"\0" in content or MARKUP.search(content):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _safe_name(name: str, suffix: str) -> str:
    """``name`` without folders, control and direction characters, and with the suffix of what the file is."""
    name = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    stem = UNSAFE_IN_NAMES.sub("-", name.rsplit(".", 1)[0]).strip(" .") or "file"
    return f"{stem[:190]}.{suffix}"
