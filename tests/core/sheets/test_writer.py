"""Writing spreadsheets: dates stay dates, nothing runs, and our own reader gets back what was written."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.core.sheets import Column, read_sheet, sheet_response, write_csv, write_xlsx

DANGEROUS = [
    '=HYPERLINK("http://evil.example","x")', "+86 138 1234 5678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1",
    "＝1+1", "＋86 138", "\x00=1+1", "\x1b=1",
]  # fmt: skip
WRITERS = [write_xlsx, write_csv]


def cells(value) -> list:
    """What a workbook with one value holds below its heading, as openpyxl sees the cell."""
    file = io.BytesIO(b"".join(write_xlsx([("a", "A")], [{"a": value}])))
    return [cell for row in load_workbook(file).active.iter_rows(min_row=2) for cell in row]


def csv_text(value) -> str:
    content = b"".join(write_csv([("a", "A")], [{"a": value}])).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))[1][0]


def read_back(write, value):
    file = io.BytesIO(b"".join(write([("k", "Key"), ("a", "A")], [{"k": "x", "a": value}])))
    return (
        read_sheet(file, [Column("k", ("Key",)), Column("a", ("A",), is_date=isinstance(value, date))])
        .rows[0]
        .values["a"]
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_is_a_guarded_text_cell_in_xlsx(text):
    (cell,) = cells(text)
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_gets_an_apostrophe_in_csv(text):
    assert csv_text(text).startswith("'")


@pytest.mark.parametrize("write", WRITERS)
def test_headings_are_guarded_like_cells(write):
    file = io.BytesIO(b"".join(write([("a", "=1+1")], [])))
    raw = file.getvalue()
    assert b"'=1+1" in raw if write is write_csv else load_workbook(file).active["A1"].data_type == "s"


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "value",
    [
        "+86 138 1234 5678", "+6621234567", "-", "@office", "=1+1", "王小明", "Nguyễn Thị Hồng Đào", "မောင်မောင်", "សុខ",
        "line one\nline two", 'a "quoted", word; here', "'plain apostrophe", date(2025, 10, 21), "N" * 120, "",
    ],
)  # fmt: skip
def test_what_was_written_is_read_back_unharmed(write, value):
    assert read_back(write, value) == value


@pytest.mark.parametrize("write", WRITERS)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=40).map(str.strip))
def test_any_printable_text_is_read_back_unharmed(write, text):
    assert read_back(write, text) == text


def test_dates_and_moments_are_real_ones_in_the_present_zone():
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        (moment,) = cells(datetime(2025, 10, 21, 1, 30, tzinfo=ZoneInfo("UTC")))
    (day,) = cells(date(2025, 10, 21))
    assert (moment.value, moment.is_date) == (datetime.fromisoformat("2025-10-21T09:30"), True)
    assert (day.value, day.is_date) == (datetime.fromisoformat("2025-10-21"), True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "yes"), (False, "no"), (-5, "-5"), (Decimal("1.50"), "1.50"), (["en", "zh"], "en, zh"),
        (gettext_lazy("Waiting"), "Waiting"), ("a\x00b\ud800c\uffff", "abc"), (date(2025, 10, 21), "2025-10-21"),
        (datetime.fromisoformat("2025-10-21T09:30"), "2025-10-21 09:30"),
    ],
)  # fmt: skip
def test_values_of_every_kind_have_a_plain_form(value, text):
    assert csv_text(value) == text


def test_negative_numbers_stay_numbers():
    assert cells(-5)[0].value == -5


def test_text_longer_than_a_cell_is_cut_visibly():
    (cell,) = cells("x" * 40_000)
    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")


def test_csv_is_streamed_while_rows_come():
    taken = []

    def rows():
        for number in range(20_000):
            taken.append(number)
            yield {"a": f"Person {number}"}

    chunks = write_csv([("a", "A")], rows())
    assert next(chunks).startswith(b"\xef\xbb\xbfA\r\n")
    assert len(taken) < 20_000


@pytest.mark.parametrize(("suffix", "kind"), [("xlsx", "spreadsheetml"), ("csv", "text/csv")])
def test_a_download_is_an_attachment_that_nobody_keeps(suffix, kind):
    response = sheet_response("参会名单", suffix, [("a", "A")], [{"a": 1}])
    assert kind in response["Content-Type"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response)


def test_headings_of_a_download_are_in_the_language_of_who_asked():
    with translation.override("zh-hans"):
        response = sheet_response("x", "csv", [("a", gettext_lazy("Yes"))], [])
    assert "是" in b"".join(response).decode()


def test_an_unknown_format_is_an_error():
    with pytest.raises(KeyError):
        sheet_response("x", "exe", [], [])
