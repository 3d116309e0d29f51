"""The rows of an XLSX workbook, opened only after its declared sizes were looked at."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.core.sheets.errors import SheetError

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
MAX_UNPACKED = 60 * 2**20
MAX_PARTS = 1_000
MAX_ROW_NUMBER = 1_048_576
MAX_COLUMNS = 16_384
ERROR_CELL = "e"  # a formula that failed; the same words typed as text are text
# What openpyxl is seen to raise on files that are no workbook inside; all of them mean the same to the person.
DAMAGE = (
    InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


def xlsx_tables(file: IO[bytes]) -> Iterator[Iterable[tuple[Any, ...]]]:
    """The rows of each visible sheet, streamed. Raises ``SheetError``, also while rows are taken."""
    workbook = _open(file)
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
            yield _rows(sheet)


def _open(file: IO[bytes]) -> Workbook:
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive.infolist())
        file.seek(0)
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except DAMAGE as error:
        raise SheetError(
            _("The file is damaged or not an Excel workbook. Open it, save it again as .xlsx and upload that.")
        ) from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """The declared sizes bind: the zip module stops reading a part where its declared size ends."""
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise SheetError(_("This is not a spreadsheet. Upload an .xlsx or .csv file."))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetError(_("The workbook is too big when unpacked. Remove pictures and other sheets and upload again."))


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > MAX_ROW_NUMBER or len(row) > MAX_COLUMNS:
                raise SheetError(_("The workbook names cells that cannot exist. Save it again as .xlsx."))
            yield tuple(None if cell.data_type == ERROR_CELL else cell.value for cell in row)
    except DAMAGE as error:
        raise SheetError(_("The file is damaged. Open it, save it again as .xlsx and upload that.")) from error
