"""Stored files are served to whom they are for, as harmless downloads, whole or in part."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.core.files import register_access, serve_file, store_upload
from portal.core.files.serving import _predicates

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    upload = SimpleUploadedFile("Concept note 概念.pdf", b"%PDF-%%EOF" + bytes(range(48, 58)) * 9 + b"56789")
    return store_upload(upload, purpose="test", kinds=["document"])


@pytest.fixture
def admit():
    """Says for the length of one test who may open files of the purpose "test"."""
    yield lambda predicate: register_access("test", predicate)
    _predicates.pop("test", None)


def address(stored) -> str:
    return reverse("core:file", args=[stored.public_id])


def test_a_file_exists_for_whom_the_predicate_admits_and_for_nobody_else(client, stored, admit, officer, delegate):
    assert client.get(address(stored)).status_code == 404
    admit(lambda request, file: request.user == officer and file == stored)
    assert client.get(address(stored)).status_code == 404
    client.force_login(delegate)
    assert client.get(address(stored)).status_code == 404
    client.force_login(officer)
    response = client.get(address(stored))
    assert (response.status_code, len(response.getvalue())) == (200, 105)
    assert client.get(reverse("core:file", args=["2" * 12])).status_code == 404
    assert client.post(address(stored)).status_code == 405


def test_a_purpose_has_one_predicate(admit):
    admit(lambda request, file: request.user == file.uploaded_by)
    with pytest.raises(ValueError, match="test"):
        admit(lambda request, file: request.user != file.uploaded_by)


def ask(rf, stored, **headers):
    return serve_file(rf.get("/", headers={name.replace("_", "-"): value for name, value in headers.items()}), stored)


def body(response) -> bytes:
    content = b"".join(response) if response.streaming else response.content
    response.close()
    return content


def test_a_file_is_a_download_that_no_browser_guesses_at(rf, stored):
    response = ask(rf, stored)
    assert body(response)[:8] == b"%PDF-%%E"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Concept%20note%20")
    assert (response["X-Content-Type-Options"], response["Content-Length"]) == ("nosniff", "105")
    assert (response["Cache-Control"], response["Accept-Ranges"]) == ("private, no-cache", "bytes")


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [
        ("image/jpeg", "inline"),
        ("application/pdf", "inline"),
        ("text/html", "attachment"),
        ("image/svg+xml", "attachment"),
    ],
)
def test_only_harmless_types_are_shown_in_the_page(rf, stored, content_type, shown):
    stored.content_type = content_type
    response = serve_file(rf.get("/"), stored, inline=True)
    assert response["Content-Disposition"].startswith(shown)
    response.close()


@pytest.mark.parametrize(
    ("asked", "content", "said"),
    [
        ("bytes=0-4", b"%PDF-", "bytes 0-4/105"),
        ("bytes=100-", b"56789", "bytes 100-104/105"),
        ("bytes=-3", b"789", "bytes 102-104/105"),
        ("bytes=-500", None, "bytes 0-104/105"),
        ("bytes=103-900", b"89", "bytes 103-104/105"),
    ],
)
def test_one_range_is_answered_with_its_part(rf, stored, asked, content, said):
    response = ask(rf, stored, Range=asked)
    assert (response.status_code, response["Content-Range"]) == (206, said)
    found = body(response)
    assert content is None or found == content
    assert response["Content-Length"] == str(len(found))


@pytest.mark.parametrize("asked", ["bytes=105-", "bytes=900-901", "bytes=-0"])
def test_a_range_outside_the_file_is_refused_with_the_size(rf, stored, asked):
    response = ask(rf, stored, Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */105")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=4-2", "bytes=-", "items=0-1", "bytes=a-b", "nonsense"])
def test_other_ranges_get_the_whole_file(rf, stored, asked):
    response = ask(rf, stored, Range=asked)
    assert (response.status_code, len(body(response))) == (200, 105)


def test_a_part_of_a_file_that_has_changed_is_not_mixed_with_the_old_one(rf, stored):
    whole = ask(rf, stored, Range="bytes=0-4", If_Range='"other"')
    assert (whole.status_code, len(body(whole))) == (200, 105)
    part = ask(rf, stored, Range="bytes=0-4", If_Range=f'"{stored.sha256}"')
    assert (part.status_code, body(part)) == (206, b"%PDF-")


def test_a_browser_that_has_the_file_is_told_so(rf, stored):
    response = ask(rf, stored, If_None_Match=f'"{stored.sha256}"')
    assert (response.status_code, response.content) == (304, b"")
