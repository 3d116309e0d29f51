"""Reads an uploaded spreadsheet whole, or refuses it whole with the reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.sheets.cells import MAX_TEXT, read_value
from portal.core.sheets.columns import HEADER_ROWS, Column, Header, check_required, find_header
from portal.core.sheets.csv_source import csv_tables
from portal.core.sheets.errors import NoHeadings, SheetError
from portal.core.sheets.xlsx_source import OLE_MAGIC, ZIP_MAGIC, xlsx_tables

Row = Sequence[Any]


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the spreadsheet program shows it, and its values by column code ("" where empty)."""

    number: int
    values: dict[str, Any]


@dataclass
class Sheet:
    """What was read: the rows that hold anything, and the headings that were not understood."""

    rows: list[SheetRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_sheet(file: IO[bytes], columns: Sequence[Column], *, max_rows: int = 5000) -> Sheet:
    """Read ``file`` (XLSX, or CSV in UTF-8, UTF-16 or GB18030 with comma, semicolon or tab).

    The header may stand below titles, within the first ten rows. Values are text, ``int``, ``float``, ``date``,
    ``datetime``, ``time`` or ``bool``; an empty cell is "". Raises ``SheetError`` with a reason in words when the
    file is too big, no spreadsheet, damaged, without its required columns, or has more than ``max_rows`` rows.
    """
    header, table = _best_table(_tables(file), columns)
    check_required(header, columns)
    return Sheet(list(_read_rows(header, table, max_rows)), list(header.unknown))


def is_workbook(file: IO[bytes]) -> bool:
    """Whether ``file`` has the form of a workbook, which may hold several sheets; a CSV holds one."""
    file.seek(0)
    start = file.read(len(ZIP_MAGIC))
    file.seek(0)
    return start == ZIP_MAGIC


def _best_table(tables: Iterable[Iterable[Row]], columns: Sequence[Column]) -> tuple[Header, Iterable[Row]]:
    best: tuple[Header, Iterable[Row]] | None = None
    fault: SheetError | None = None
    for table in tables:
        rows = iter(table)
        try:
            first = list(islice(rows, HEADER_ROWS))
        except SheetError as error:  # a CSV may be damaged under one separator and right under the next
            fault = fault or error
            continue
        header = find_header(first, columns)
        if header is not None and (best is None or len(header.places) > len(best[0].places)):
            best = header, chain(first, rows)
    if best is None:
        raise fault or NoHeadings(
            format_lazy(
                _("No known heading was found in the first rows. The sheet needs a row of headings such as: {names}."),
                names=", ".join(column.headings[0] for column in columns[:4]),
            )
        )
    return best


def _tables(file: IO[bytes]) -> Iterator[Iterable[Row]]:
    """The tables of a file: the sheets of a workbook, or the readings of a CSV under each separator."""
    file.seek(0, 2)
    if file.tell() > settings.UPLOAD_MAX_BYTES:
        raise SheetError(
            format_lazy(
                _("The file is larger than {limit} MB. Split it and upload the parts."),
                limit=settings.UPLOAD_MAX_BYTES // 2**20,
            )
        )
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(OLE_MAGIC):
        raise SheetError(
            _("This is an old Excel file (.xls), or it has a password. Save it as .xlsx without one and upload again.")
        )
    return xlsx_tables(file) if start.startswith(ZIP_MAGIC) else csv_tables(file.read())


def _read_rows(header: Header, table: Iterable[Row], max_rows: int) -> Iterator[SheetRow]:
    count = 0
    for number, row in enumerate(table, 1):
        if number <= header.last_row:
            continue
        values = {
            column.code: read_value(row[place] if place < len(row) else None, is_date=column.is_date)
            for place, column in header.places.items()
        }
        if all(value == "" for value in values.values()):
            continue
        count += 1
        _check_limits(number, count, values, max_rows)
        yield SheetRow(number, values)


def _check_limits(number: int, count: int, values: dict[str, Any], max_rows: int) -> None:
    if count > max_rows:
        raise SheetError(
            format_lazy(_("The sheet has more than {limit} rows. Split it and upload the parts."), limit=max_rows)
        )
    if any(isinstance(value, str) and len(value) > MAX_TEXT for value in values.values()):
        raise SheetError(format_lazy(_("A cell in row {row} is too long."), row=number))
