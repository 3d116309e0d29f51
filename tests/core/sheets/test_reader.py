"""Reading spreadsheets: what offices save is understood, what is wrong is refused whole with the reason."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from portal.core.sheets import Column, SheetError, SheetRow, read_sheet

COLUMNS = [
    Column("name", ("Full name", "姓名"), required=True),
    Column("email", ("E-mail", "电子邮箱")),
    Column("phone", ("Telephone", "电话")),
    Column("born", ("Date", "日期"), is_date=True),
]


def workbook(*rows, title="Sheet", state="visible") -> io.BytesIO:
    book = Workbook()
    book.active.title = title
    book.active.sheet_state = state
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file


def csv(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def only_row(file) -> dict:
    (row,) = read_sheet(file, COLUMNS).rows
    return row.values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_separators_of_offices(encoding, separator):
    text = separator.join(["姓名", "电子邮箱"]) + "\r\n" + separator.join(["王小明", "wang@mee.example"]) + "\r\n"
    assert only_row(csv(text, encoding)) == {"name": "王小明", "email": "wang@mee.example"}


def test_quoted_csv_with_semicolons_is_not_damaged_by_trying_the_comma_first():
    sheet = read_sheet(csv('"Full name";"E-mail"\n"Tan, Mei";"tan@moe.example"\n'), COLUMNS)
    assert sheet.rows == [SheetRow(2, {"name": "Tan, Mei", "email": "tan@moe.example"})]


@pytest.mark.parametrize(
    "heading",
    [
        "full name",
        "FULL  NAME",
        "Full_name*",
        "ｆｕｌｌ name",
        "姓名 Full name",
        "Name (Full name)",
        "姓名（必填）",
        "name",
    ],
)
def test_headings_match_in_either_language_and_any_punctuation(heading):
    assert only_row(workbook([heading], ["Aung San"])) == {"name": "Aung San"}


def test_numbers_and_dates_of_a_workbook_keep_their_kind():
    file = workbook(
        ["Full name", "Telephone", "Date"], ["Somchai", 8613812345678.0, datetime.fromisoformat("2025-10-21")]
    )
    assert only_row(file) == {"name": "Somchai", "phone": 8613812345678, "born": date(2025, 10, 21)}


def test_moments_and_times_of_a_workbook_are_not_cut():
    file = workbook(
        ["Full name", "Telephone", "Date"], ["Somchai", time(9, 30), datetime.fromisoformat("2025-10-21T09:30")]
    )
    assert only_row(file) == {
        "name": "Somchai",
        "phone": time(9, 30),
        "born": datetime.fromisoformat("2025-10-21T09:30"),
    }


@pytest.mark.parametrize("written", ["2025-10-21", "2025/10/21", "2025.10.21", "2025年10月21日"])
def test_a_written_date_becomes_a_date_in_a_date_column(written):
    assert only_row(csv(f"Full name,Date\nSomchai,{written}\n"))["born"] == date(2025, 10, 21)


@pytest.mark.parametrize("written", ["2025-02-31", "soon", "21/10"])
def test_what_is_no_date_stays_text_for_the_import_to_refuse(written):
    assert only_row(csv(f"Full name,Date\nSomchai,{written}\n"))["born"] == written


def test_a_title_and_a_note_may_stand_above_the_header_and_row_numbers_stay_those_of_the_sheet():
    file = workbook(
        ["List of participants"], [], ["Please fill in"], ["Full name", "E-mail"], [], ["Somchai", "s@x.example"]
    )
    assert read_sheet(file, COLUMNS).rows == [SheetRow(6, {"name": "Somchai", "email": "s@x.example"})]


def test_a_header_of_two_rows_under_merged_cells_is_read_as_one():
    book = Workbook()
    sheet = book.active
    sheet.append(["Participants"])
    sheet.append(["姓名", "Contact data", None, "Remarks"])
    sheet.append([None, "E-mail", "Telephone", None])
    sheet.append(["Somchai", "s@x.example", "+66 2 123", "vegetarian"])
    for cells in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    read = read_sheet(file, COLUMNS)
    assert read.rows == [SheetRow(4, {"name": "Somchai", "email": "s@x.example", "phone": "+66 2 123"})]
    assert read.unknown == ["Remarks"]


def test_headings_that_are_not_understood_or_come_twice_are_reported():
    read = read_sheet(workbook(["Full name", "Shoe size", "姓名"], ["Somchai", 42, "颂猜"]), COLUMNS)
    assert read.unknown == ["Shoe size", "姓名"]
    assert read.rows[0].values == {"name": "Somchai"}


def test_rows_without_any_value_and_errors_of_formulas_are_left_out():
    read = read_sheet(workbook(["Full name", "E-mail"], [None, "#N/A"], ["  ", ""], ["Somchai", None]), COLUMNS)
    assert read.rows == [SheetRow(4, {"name": "Somchai", "email": ""})]


def test_the_visible_sheet_with_the_most_headings_is_read():
    book = Workbook()
    book.active.append(["Full name", "E-mail", "Telephone", "Date"])
    book.active.append(["hidden", "h@x.example", "1", "x"])
    book.active.sheet_state = "hidden"
    book.create_sheet("notes").append(["Full name"])
    people = book.create_sheet("people")
    people.append(["Full name", "E-mail"])
    people.append(["Somchai", "s@x.example"])
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    assert only_row(file) == {"name": "Somchai", "email": "s@x.example"}


@pytest.mark.parametrize(
    "name",
    [
        "Suharto",
        "N" * 120,
        "Nguyễn Thị Hồng Đào",
        "王小明",
        "សុខ សុភា",
        "မောင်မောင်",
        "Ｗａｎｇ",
        "O’Brien-D'Souza",
        "'Abd al-Rahman",
    ],
)
@pytest.mark.parametrize("make", [lambda name: workbook(["姓名"], [name]), lambda name: csv(f"姓名\n{name}\n")])
def test_names_of_every_script_are_read_unharmed(name, make):
    assert only_row(make(name)) == {"name": name}


def refusal(file, **limits) -> str:
    with pytest.raises(SheetError) as raised:
        read_sheet(file, COLUMNS, **limits)
    return str(raised.value)


def test_a_missing_required_column_is_named():
    assert "Full name" in refusal(workbook(["E-mail"], ["s@x.example"]))


def test_a_sheet_without_known_headings_is_refused_with_an_example():
    assert "Full name, E-mail" in refusal(workbook(["Colour"], ["red"]))


def test_too_many_rows_are_refused_with_the_limit():
    assert "2 rows" in refusal(workbook(["姓名"], ["a"], ["b"], ["c"]), max_rows=2)
    assert len(read_sheet(workbook(["姓名"], ["a"], ["b"]), COLUMNS, max_rows=2).rows) == 2


def test_an_oversized_file_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = 2**20
    assert "1 MB" in refusal(io.BytesIO(b"x" * (2**20 + 1)))


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    assert "empty" in refusal(io.BytesIO(content))


@pytest.mark.parametrize("content", [b"%PDF-1.7\0\0", b"\x89PNG\r\n\x1a\n\0", b"MZ\x90\0"])
def test_files_of_another_kind_are_refused(content):
    assert "not a spreadsheet" in refusal(io.BytesIO(content))


def test_an_old_or_encrypted_excel_file_is_refused_with_the_way_out():
    assert ".xlsx" in refusal(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512))


def test_letters_that_no_encoding_explains_are_refused():
    assert "CSV UTF-8" in refusal(io.BytesIO(b"Full name\nJos\xe9, Mar\xeda\n"))


def test_a_quotation_mark_left_open_refuses_the_file_and_not_half_of_it():
    assert "quotation" in refusal(csv('Full name\nGood\n"open\n'))


def packed(**parts: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file


def test_a_zip_that_is_no_workbook_is_refused():
    assert "not a spreadsheet" in refusal(packed(word__document=b"<x/>"))


def test_a_zip_bomb_is_refused_by_its_declared_size():
    assert "unpacked" in refusal(packed(xl__workbook=b"<x/>", xl__sheet=b"0" * (61 * 2**20)))


def test_a_workbook_without_its_parts_is_refused():
    assert "damaged" in refusal(packed(xl__workbook=b"<x/>"))


def test_a_truncated_workbook_is_refused():
    whole = workbook(["姓名"], *[[f"Person {n}"] for n in range(500)]).getvalue()
    assert "damaged" in refusal(io.BytesIO(whole[: len(whole) // 2]))


NAMESPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def with_sheet_xml(content: bytes) -> io.BytesIO:
    """A workbook whose sheet is ``content``."""
    source, file = zipfile.ZipFile(workbook(["姓名"], ["x"])), io.BytesIO()
    content = content.replace(b"<worksheet>", NAMESPACE)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            archive.writestr(part.filename, content if is_sheet else source.read(part.filename))
    return file


def xml_row(number: int, text: bytes = b"Full name") -> bytes:
    return b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (number, number, text)


def test_a_sheet_that_breaks_off_in_the_middle_is_refused_whole():
    rows = b"".join(map(xml_row, range(1, 50)))
    assert "damaged" in refusal(with_sheet_xml(b"<worksheet><sheetData>" + rows + b"<row"))


def test_entities_that_multiply_are_refused():
    levels = [b"x" * 1000, *[b"&e%d;" % level * 10 for level in range(8)]]
    entities = b"".join(b'<!ENTITY e%d "%s">' % (level, text) for level, text in enumerate(levels))
    sheet = b"<worksheet><sheetData>" + xml_row(1, b"&e8;") + b"</sheetData></worksheet>"
    assert "damaged" in refusal(with_sheet_xml(b"<!DOCTYPE w [" + entities + b"]>" + sheet))


def test_cells_beyond_the_end_of_any_sheet_are_refused():
    rows = xml_row(1) + xml_row(99_999_999)
    assert "cannot exist" in refusal(with_sheet_xml(b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"))
