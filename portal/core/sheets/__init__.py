"""The one reader and the one writer of spreadsheets: XLSX, and CSV in the encodings that offices really save."""

from portal.core.sheets.columns import Column
from portal.core.sheets.errors import SheetError
from portal.core.sheets.reader import Sheet, SheetRow, read_sheet
from portal.core.sheets.writer import sheet_response, write_csv, write_xlsx

__all__ = ["Column", "Sheet", "SheetError", "SheetRow", "read_sheet", "sheet_response", "write_csv", "write_xlsx"]
