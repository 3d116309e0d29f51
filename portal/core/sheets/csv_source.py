"""The rows of a CSV file, under each separator that offices use."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.sheets.errors import SheetError

SEPARATORS = (",", ";", "\t")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def csv_tables(content: bytes) -> Iterator[Iterable[list[str]]]:
    """The file read with each separator; the caller keeps the one whose headings it knows. Raises ``SheetError``."""
    text = _decode(content)
    if not text.strip():
        raise SheetError(_("The file is empty."))
    for separator in SEPARATORS:
        yield _rows(text, separator)


def _decode(content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise SheetError(_("This is not a spreadsheet. Upload an .xlsx or .csv file."))
    else:
        encodings = ["utf-8-sig", "gb18030"]  # the second is what Excel saves on a Chinese Windows
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError(_("The letters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx and upload again."))


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise SheetError(
            _("The CSV file is damaged: a quotation mark is not closed. Save it again as .xlsx.")
        ) from error
