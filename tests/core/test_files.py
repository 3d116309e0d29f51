"""Uploaded files: looked into before they are kept, and made harmless."""

import io
import zipfile

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image, ImageCms

from portal.core.files import UploadField, store_upload
from portal.core.models import StoredFile

pytestmark = pytest.mark.django_db
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def picture(kind="JPEG", size=(60, 40), mode="RGB", *, exif=True, turned=1, **options) -> bytes:
    """A picture, red on its left half, with the place where it was taken and the name of the camera."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    if exif:
        data = image.getexif()
        data[ORIENTATION], data[MAKE] = turned, "SpyCam"
        data.get_ifd(GPS).update({1: "N", 2: (13.0, 45.0, 0.0), 3: "E", 4: (100.0, 30.0, 0.0)})
        options["exif"] = data.tobytes()
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return target.getvalue()


def workbook() -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
PPTX = archive("[Content_Types].xml", "ppt/presentation.xml")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def store(name: str, content: bytes, *kinds: str, by=None) -> StoredFile:
    upload = SimpleUploadedFile(name, content, "application/x-lie")
    return store_upload(upload, purpose="test", kinds=kinds or ("image", "document", "sheet"), by=by)


def refusal(name: str, content: bytes, *kinds: str) -> str:
    with pytest.raises(ValidationError) as raised:
        store(name, content, *kinds)
    assert not StoredFile.objects.exists()
    return " ".join(raised.value.messages)


def opened(stored: StoredFile) -> Image.Image:
    with stored.file.open("rb") as file:
        image = Image.open(io.BytesIO(file.read()))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP"])
def test_a_photo_of_a_phone_becomes_a_jpeg_without_place_and_camera(kind):
    content = picture(kind)
    assert b"SpyCam" in content
    stored = store("IMG_0001." + kind, content, "image")
    image = opened(stored)
    assert (stored.name, stored.content_type, image.format) == ("IMG_0001.jpg", "image/jpeg", "JPEG")
    assert not image.getexif()
    with stored.file.open("rb") as file:
        kept = file.read()
    assert b"SpyCam" not in kept
    assert b"Exif" not in kept
    assert stored.size == len(kept)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo_taken_upright_stays_upright(kind):
    image = opened(store("x", picture(kind, turned=6), "image"))
    assert image.size == (40, 60)
    top, bottom = image.getpixel((20, 5)), image.getpixel((20, 55))
    assert (top[0] > 150 > top[2], bottom[2] > 150 > bottom[0]) == (True, True)


def test_transparency_is_kept_as_png():
    content = picture("PNG", mode="RGBA", exif=False)
    image = Image.open(io.BytesIO(content))
    image.putalpha(128)
    target = io.BytesIO()
    image.save(target, "PNG")
    stored = store("logo.png", target.getvalue(), "image")
    assert (stored.name, opened(stored).mode) == ("logo.png", "RGBA")


@pytest.mark.parametrize("mode", ["L", "CMYK", "1"])
def test_pictures_in_other_colour_modes_are_taken(mode):
    image = Image.new(mode, (10, 10))
    target = io.BytesIO()
    image.save(target, "PNG" if mode == "1" else "JPEG")
    assert opened(store("scan", target.getvalue(), "image")).mode == "RGB"


def test_a_colour_profile_is_applied_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    stored = store("x.jpg", picture(icc_profile=profile), "image")
    assert "icc_profile" not in opened(stored).info
    assert opened(store("y.jpg", picture(icc_profile=b"broken"), "image")).size == (60, 40)


def test_a_large_photo_is_made_smaller_in_proportion():
    assert opened(store("x.jpg", picture(size=(6000, 3000)), "image")).size == (4096, 2048)


def png_of(width: int, height: int) -> bytes:
    """The beginning of a picture that claims to be this large; the pixels are not there."""
    content = bytearray(picture("PNG", exif=False))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import_crc = zipfile.crc32(bytes(content[12:29]))
    content[29:33] = import_crc.to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(("width", "height"), [(20_000, 15_000), (10_000, 9_500), (9_000, 7_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(width, height):
    assert "too many pixels" in refusal("x.png", png_of(width, height), "image")


@pytest.mark.parametrize(
    "content", [picture()[:200], b"\xff\xd8\xff\xe0" + b"\0" * 50, b"GIF89a<script>alert(1)</script>"]
)
def test_a_damaged_picture_is_refused(content):
    assert "damaged" in refusal("x.jpg", content, "image")


def test_what_hangs_behind_a_picture_is_gone():
    stored = store("x.jpg", picture() + archive("evil.class") + b"<script>alert(1)</script>", "image")
    with stored.file.open("rb") as file:
        kept = file.read()
    assert b"script" not in kept
    assert b"evil" not in kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("x.html", b"<!doctype html><script>alert(1)</script>"),
        ("x.pdf", b"<html>%PDF-1.7</html>"),
        ("x.pdf", b"\n%PDF-1.7"),
        ("x.exe", b"MZ\x90\0" + b"\0" * 100),
        ("x.docx", b"MZ\x90\0" + DOCX),
        ("x.docx", archive("word/document.xml")),
        ("x.docx", archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml")),
        ("x.zip", archive("readme.txt")),
        ("x.jar", archive("META-INF/MANIFEST.MF")),
        ("x.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("x.txt", b"only words"),
        ("x.csv", b"name\n<script>alert(1)</script>\n"),
        ("x.csv", b"\0\1\2\3"),
        ("x.csv", b"caf\xe9, x"),
    ],
)
def test_files_of_other_kinds_are_refused_whatever_they_are_called(name, content):
    assert "not accepted" in refusal(name, content)


def test_documents_with_macros_and_bombs_are_refused():
    assert "macros" in refusal("x.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"))
    bomb = archive("[Content_Types].xml", "word/document.xml", content=b"0" * (151 * 2**20))
    assert "too big" in refusal("x.docx", bomb)
    assert "damaged" in refusal("x.docx", DOCX[:60])


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\n<script>alert(1)</script>", PDF[:-6]])
def test_a_pdf_that_is_none_or_was_cut_off_is_refused(content):
    assert "damaged" in refusal("x.pdf", content)


def test_a_pdf_may_have_something_behind_its_end():
    assert store("x.pdf", PDF + b"\n" * 2000).name == "x.pdf"


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept"),
    [
        ("Concept note.PDF", PDF, "document", ("Concept note.pdf", "application/pdf")),
        ("note.docx", DOCX, "document", ("note.docx", "wordprocessingml.document")),
        ("talk.pptx", PPTX, "document", ("talk.pptx", "presentationml.presentation")),
        ("list.xlsx", workbook(), "sheet", ("list.xlsx", "spreadsheetml.sheet")),
        ("list.csv", "姓名\n王小明 <wang@mee.example>\n".encode("gb18030"), "sheet", ("list.csv", "text/csv")),
        ("wrong.docx", PDF, "document", ("wrong.pdf", "application/pdf")),
    ],
)
def test_documents_are_kept_as_they_are_under_the_suffix_of_what_they_are(name, content, kind, kept, officer):
    stored = store(name, content, kind, by=officer)
    assert stored.name == kept[0]
    assert stored.content_type.endswith(kept[1])
    assert (stored.uploaded_by, stored.size, len(stored.sha256)) == (officer, len(content), 64)
    with stored.file.open("rb") as file:
        assert file.read() == content
    assert stored.file.name.endswith(stored.public_id)


@pytest.mark.parametrize(("name", "content", "kind"), [("x.pdf", PDF, "image"), ("x.jpg", picture(), "sheet")])
def test_only_the_kinds_that_were_asked_for_are_taken(name, content, kind):
    assert "Accepted are" in refusal(name, content, kind)


def test_the_size_is_looked_at_first(settings):
    settings.UPLOAD_MAX_BYTES = 2**20
    assert "larger than 1 MB" in refusal("x.pdf", PDF + b"\0" * 2**20)
    assert "empty" in refusal("x.pdf", b"")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\me\邀请函.pdf", "邀请函.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ('a"b\r\nc.pdf', "a-bc.pdf"),
        (".pdf", "file.pdf"),
        ("x" * 250 + ".pdf", "x" * 190 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name, kept):
    upload = SimpleUploadedFile("x", PDF)
    upload._name = name
    assert store_upload(upload, purpose="test", kinds=["document"]).name == kept


class PhotoForm(forms.Form):
    photo = UploadField(kinds=["image"], required=False)


def test_the_form_field_refuses_beside_the_field_and_says_what_is_taken():
    form = PhotoForm({}, {"photo": SimpleUploadedFile("x.exe", b"MZ")})
    assert "not accepted" in form.errors["photo"][0]
    assert "HEIC" in str(form.fields["photo"].help_text)
    assert ".heic" in str(form["photo"])


def test_the_value_of_the_form_field_can_be_stored():
    form = PhotoForm({}, {"photo": SimpleUploadedFile("x.jpg", picture())})
    assert form.is_valid()
    assert store_upload(form.cleaned_data["photo"], purpose="test", kinds=["image"]).content_type == "image/jpeg"
    assert PhotoForm({}, {}).is_valid()
