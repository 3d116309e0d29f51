"""Small PDF files made in code: one page of a few lines, in Latin letters or Chinese."""

from collections.abc import Sequence

A4 = "[0 0 595 842]"
TITLE_SIZE, LINE_SIZE, LEADING = 18, 12, 22
LATIN = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
# Not embedded: every reader brings a song typeface for this name.
CHINESE = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [ "
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor "
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)


def make_pdf(title: str, lines: Sequence[str], *, language: str) -> bytes:
    """A PDF of one page: ``title`` and ``lines`` below it."""
    is_chinese = language == "zh-hans"
    content = _content([(title, TITLE_SIZE), *((line, LINE_SIZE) for line in lines)], is_chinese=is_chinese)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {A4} /Contents 4 0 R "
        f"/Resources << /Font << /F 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        (CHINESE if is_chinese else LATIN).encode(),
    ]
    return _file(objects)


def _content(lines: Sequence[tuple[str, int]], *, is_chinese: bool) -> bytes:
    place = 770
    parts = []
    for text, size in lines:
        parts.append(f"BT /F {size} Tf 60 {place} Td {_string(text, is_chinese=is_chinese)} Tj ET")
        place -= LEADING + size
    return "\n".join(parts).encode("ascii")


def _string(text: str, *, is_chinese: bool) -> str:
    return f"<{text.encode('utf-16-be' if is_chinese else 'cp1252').hex()}>"


def _file(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)
