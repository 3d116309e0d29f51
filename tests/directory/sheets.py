"""Spreadsheets as offices send them, made by other means than our own writer."""

import csv
import io
from typing import Any

from openpyxl import Workbook

Rows = list[list[Any]]


def xlsx(rows: Rows) -> io.BytesIO:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def csv_in(encoding: str, rows: Rows) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


HEADER = ["Full name", "Title", "Position", "Organisation", "Country", "E-mail", "Phone", "Language", "Tags"]
NAMES = [
    "Nguyễn Thị Ánh Dương", "Sukarno", "Aung San Htwe", "ស៊ីម សុខា", "သီရိ အောင်", "สมชาย ใจดี", "王小明", "José Ximenes",
    "Tan Mei Ling", "Ahmad bin Abdullah", "Phoutthasone Vongkhamsao", "Maria Clara dela Cruz", "A" * 120, "Putri",
    "U Kyaw", "Lê Văn Đức", "Dato’ Rahman", "Ong Seng Huat", "Chan Dara", "Somphone K.", "李华", "Ana Pereira",
]  # fmt: skip
COUNTRIES = [
    "Vietnam", "Indonesia", "Burma", "KH", "MMR", "泰国", "中国", "East Timor", "Singapore", "Malaysia", "Laos",
    "Philippines", "Brunei", "ID", "Myanmar", "Viet Nam", "MY", "SG", "Cambodia", "Lao PDR",
    "P.R. China", "Timor Leste",
]  # fmt: skip


def good_row(number: int) -> list[Any]:
    return [
        NAMES[number], "Dr", "Director", f"Ministry {number}", COUNTRIES[number], f"person{number}@ministry.example",
        "+60 3 1234", "English", "marine plastic; expert",
    ]  # fmt: skip


def workshop_list() -> Rows:
    """25 rows, three of them bad."""
    rows = [good_row(number) for number in range(22)]
    rows.insert(4, ["", "Mr", "Officer", "Ministry", "Thailand", "nobody@ministry.example", "", "", ""])
    rows.insert(11, ["Bad Address", "", "", "Ministry", "Thailand", "bad address", "", "", ""])
    rows.insert(20, ["Far Away", "", "", "Ministry", "Atlantis", "far@ministry.example", "", "", ""])
    return [HEADER, *rows]
