"""Documents in the administration: a file per language, and what is refused beside its field."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.core.models import StoredFile
from portal.library.models import CatalogueItem, Document, DocumentFile
from tests.factories import CountryFactory
from tests.forums.posting import filled
from tests.library_factories import DocumentFactory, ThemeFactory

LIST = reverse("admin:library_document_changelist")
ADD = reverse("admin:library_document_add")
LIST_QUERIES = 9
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def row(number: int, language: str, file: SimpleUploadedFile | None, title: str = "") -> dict:
    values = {"language": language, "title": title} | ({"upload": file} if file else {})
    return {f"files-{number}-{name}": value for name, value in values.items()}


def enter_one(client: Client, *rows: dict, **changes):
    data = filled(client.get(ADD), "document_form", title_en="Mangroves of the Gulf", kind="report", **changes)
    for values in rows:
        data |= values
    return client.post(ADD, data | {"files-TOTAL_FORMS": str(len(rows))})


def huge_png(width: int, height: int) -> bytes:
    """The head of a picture that says it is this large; nothing of its pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.fixture
def client(browser_of, editor) -> Client:
    """The editor's browser."""
    return browser_of(editor)


def test_a_document_is_entered_with_a_file_in_each_language(client, editor):
    theme, thailand = ThemeFactory(), CountryFactory()
    response = enter_one(
        client,
        row(0, "en", upload("report.pdf")),
        row(1, "zh-hans", upload("报告.pdf"), "海湾的红树林"),
        row(2, "th", upload("th.pdf"), "ป่าชายเลน"),
        themes=[str(theme.pk)],
        countries=[str(thailand.pk)],
    )
    assert response.status_code == 302, response.content.decode()
    document = Document.objects.get()
    assert document.slug == "mangroves-of-the-gulf"
    assert [(file.language, file.file.purpose, file.file.uploaded_by) for file in document.files.all()] == [
        (language, "document", editor) for language in ("en", "zh-hans", "th")
    ]
    item = CatalogueItem.objects.filter(kind="document").get()
    assert {found.language for found in item.languages.all()} == {"en", "zh-hans", "th"}
    assert (item.themes.get(), item.countries.get()) == (theme, thailand)


def test_a_new_file_replaces_the_one_that_is_there(client):
    document = DocumentFactory()
    old = document.files.get().file
    url = reverse("admin:library_document_change", args=[document.pk])
    page = client.get(url)
    assert reverse("core:file", args=[old.public_id]) in page.content.decode()
    client.post(url, filled(page, "document_form") | {"files-0-upload": upload("second.pdf")})
    assert document.files.get().file.name == "second.pdf"


def test_a_file_is_taken_away_and_the_catalogue_follows(client):
    document = DocumentFactory(languages=["en", "th"])
    url = reverse("admin:library_document_change", args=[document.pk])
    client.post(url, filled(client.get(url), "document_form") | {"files-1-DELETE": "on"})
    assert [found.language for found in CatalogueItem.objects.get().languages.all()] == ["en"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", b"MZ\x90 this is no PDF at all", "This kind of file is not accepted here."),
        ("drawing.svg", SVG, "This kind of file is not accepted here."),
        ("drawing.pdf", SVG, "This kind of file is not accepted here."),
        ("map.png", huge_png(20_000, 15_000), "The picture has too many pixels."),
        ("empty.pdf", b"", "The submitted file is empty."),
    ],
)
def test_what_is_no_document_is_refused_beside_its_field_and_nothing_is_kept(client, name, content, said):
    page = enter_one(client, row(0, "en", upload(name, content), "A title typed"))
    assert page.status_code == 200
    text = page.content.decode()
    assert said in text
    for typed in ("Mangroves of the Gulf", "A title typed"):
        assert typed in text
    assert [model.objects.count() for model in (Document, StoredFile, CatalogueItem)] == [0, 0, 0]


def test_a_huge_picture_is_never_unpacked():
    assert len(huge_png(20_000, 15_000)) < 100  # 300 megapixels in a hundred bytes


def test_a_file_that_is_too_large_is_refused(client, settings):
    settings.UPLOAD_MAX_BYTES = 1024
    page = enter_one(client, row(0, "en", upload("large.pdf", PDF + b"0" * 1024)))
    assert "larger than" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_a_flood_is_turned_away_before_it_is_read(client, settings):
    settings.UPLOAD_MAX_BYTES = 1024
    response = client.post(ADD, {"files-0-upload": io.BytesIO(b"0" * 5000)})
    assert response.status_code == 400


def test_a_language_that_is_there_already_is_refused_beside_the_field(client):
    page = enter_one(client, row(0, "en", upload("a.pdf"), "First"), row(1, "en", upload("b.pdf"), "Second"))
    text = page.content.decode()
    assert "There is a file in this language already: choose another language." in text
    assert "Second" in text
    assert not DocumentFile.objects.exists()


def test_two_files_may_change_their_languages(client):
    document = DocumentFactory(languages=["en", "th"])
    url = reverse("admin:library_document_change", args=[document.pk])
    data = filled(client.get(url), "document_form") | {"files-0-language": "id", "files-1-language": "vi"}
    client.post(url, data)
    assert [file.language for file in document.files.all()] == ["id", "vi"]


def test_a_row_without_a_file_and_an_unknown_language_are_refused(client):
    text = enter_one(client, row(0, "en", None, "No file")).content.decode()
    assert "Choose the file." in text
    text = enter_one(client, row(0, "tlh", upload("a.pdf"))).content.decode()
    assert "tlh is not one of the available choices." in text
    assert not StoredFile.objects.exists()


def test_a_reader_gets_files_as_links_and_cannot_save(browser_of, reader):
    document = DocumentFactory()
    url = reverse("admin:library_document_change", args=[document.pk])
    client = browser_of(reader)
    page = client.get(url).content.decode()
    assert reverse("core:file", args=[document.files.get().file.public_id]) in page
    assert 'type="file"' not in page
    assert client.post(url, {"title_en": "Other"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(client, count, django_assert_num_queries):
    for _ in range(count):
        DocumentFactory(languages=["en", "th"])
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST)
    assert response.content.decode().count("English, Thai") == count
