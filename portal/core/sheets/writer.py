"""Writes spreadsheets that open in any office program, keep dates as dates, and run nothing."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.core.sheets.cells import is_formula, plain_value

Columns = Sequence[tuple[str, Any]]
Rows = Iterable[Mapping[str, Any]]
CHUNK = 64 * 1024
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


@dataclass(frozen=True)
class SheetPart:
    """One sheet of a workbook: what its tab says, its columns and rows."""

    name: str
    columns: Columns
    rows: Rows


def write_xlsx(columns: Columns, rows: Rows) -> Iterator[bytes]:
    """The chunks of a workbook. ``columns`` are (code, heading), ``rows`` mappings from code to value.

    Rows are taken one by one and lie on disk, not in memory. Text that looks like a formula is a text cell marked as
    such (what a typed apostrophe does), so the value itself stays unharmed.
    """
    return write_workbook([SheetPart("1", columns, rows)])


def write_workbook(parts: Iterable[SheetPart]) -> Iterator[bytes]:
    """The chunks of a workbook of several sheets, written as ``write_xlsx`` writes one."""
    workbook = Workbook(write_only=True)
    for part in parts:
        sheet = workbook.create_sheet(part.name)
        sheet.freeze_panes = "A2"
        for number, (_code, heading) in enumerate(part.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = max(12, min(40, 2 * len(str(heading))))
        sheet.append([_cell(sheet, str(heading), bold=True) for _code, heading in part.columns])
        for row in part.rows:
            sheet.append([_cell(sheet, row.get(code)) for code, _heading in part.columns])
    with tempfile.TemporaryFile() as file:
        workbook.save(file)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def write_csv(columns: Columns, rows: Rows) -> Iterator[bytes]:
    """The chunks of a CSV file, UTF-8 with the mark that Excel needs.

    Text that looks like a formula gets an apostrophe, which our own reader takes off again.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([_csv_value(str(heading)) for _code, heading in columns])
    for row in rows:
        writer.writerow([_csv_value(row.get(code)) for code, _heading in columns])
        if buffer.tell() > CHUNK:
            yield _take(buffer)
    yield _take(buffer)


WRITERS: dict[str, tuple[str, Callable[[Columns, Rows], Iterator[bytes]]]] = {
    "xlsx": (XLSX_TYPE, write_xlsx),
    "csv": ("text/csv; charset=utf-8", write_csv),
}


def sheet_response(name: str, format: str, columns: Columns, rows: Rows) -> StreamingHttpResponse:  # noqa: A002 - the word of the query string
    """A download called ``<name>.<format>``; ``format`` is "xlsx" or "csv" (``KeyError`` for anything else)."""
    content_type, write = WRITERS[format]
    headings = [(code, str(heading)) for code, heading in columns]  # now, while the reader's language is active
    return _as_download(f"{name}.{format}", content_type, write(headings, rows))


def workbook_response(name: str, parts: Iterable[SheetPart]) -> StreamingHttpResponse:
    """A download of a workbook of several sheets, called ``<name>.xlsx``."""
    return _as_download(f"{name}.xlsx", XLSX_TYPE, write_workbook(parts))


def _as_download(filename: str, content_type: str, content: Iterator[bytes]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Cell:
    value = plain_value(value)
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell._value, cell.data_type = value, "s"  # not through .value, which would make "=…" a formula
        cell.quotePrefix = is_formula(value)
    else:
        cell.value = value
    if isinstance(value, datetime):
        cell.number_format = MOMENT_FORMAT
    elif isinstance(value, date):
        cell.number_format = DATE_FORMAT
    if bold:
        cell.font = Font(bold=True)
    return cell


def _csv_value(value: Any) -> Any:
    value = plain_value(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def _take(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content
