"""The one reader and the one writer of spreadsheets: XLSX, and CSV in the encodings that offices really save."""

from portal.core.sheets.columns import Column
from portal.core.sheets.errors import NoHeadings, SheetError
from portal.core.sheets.reader import Sheet, SheetRow, is_workbook, read_sheet
from portal.core.sheets.writer import (
    SheetPart,
    sheet_response,
    workbook_response,
    write_csv,
    write_workbook,
    write_xlsx,
)

__all__ = [
    "Column",
    "NoHeadings",
    "Sheet",
    "SheetError",
    "SheetPart",
    "SheetRow",
    "is_workbook",
    "read_sheet",
    "sheet_response",
    "workbook_response",
    "write_csv",
    "write_workbook",
    "write_xlsx",
]
