"""Where a reader says what is wrong with a record."""

import pytest
from django.core.cache import cache

from portal.core.models import AuditEntry
from portal.library.models import RecordReport
from tests.factories import EventFactory
from tests.library_factories import DocumentFactory, MandateFactory, item_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


@pytest.fixture
def url() -> str:
    return f"/en/report/{item_for(DocumentFactory(is_public=True)).public_id}/"


def test_a_report_is_kept_with_its_language_and_the_reader_gets_its_number(client, url):
    response = client.post(url.replace("/en/", "/zh-hans/"), {"message": "The date is wrong.", "email": "a@b.example"})
    report = RecordReport.objects.get()
    assert response.status_code == 200
    assert f"<strong>{report.pk}</strong>" in response.content.decode()
    assert (report.message, report.email, report.language) == ("The date is wrong.", "a@b.example", "zh-hans")
    assert AuditEntry.objects.filter(action="added", actor_label="reader").exists()


def test_every_kind_of_public_record_can_be_reported_and_no_draft(client):
    for thing in (MandateFactory(is_public=True), EventFactory()):
        assert client.get(f"/en/report/{item_for(thing).public_id}/").status_code == 200
    assert client.get(f"/en/report/{item_for(MandateFactory()).public_id}/").status_code == 404
    assert client.get("/en/report/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"message": "", "email": "a@b.example"}, "Say what is wrong."),
        ({"message": "Wrong", "email": "no address"}, "Enter an e-mail address such as"),
        ({"message": "x" * 4001, "email": ""}, "at most 4000 characters"),
        ({"message": "Wrong\x00", "email": ""}, "Null characters are not allowed."),
    ],
)
def test_what_was_typed_stays_when_something_is_missing(client, url, typed, complaint):
    response = client.post(url, typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert complaint in page
    assert typed["message"][:10].rstrip("\x00") in page
    assert typed["email"] in page
    assert not RecordReport.objects.exists()


def test_a_flood_is_turned_away_and_nothing_typed_is_lost(client, url):
    for number in range(10):
        assert client.post(url, {"message": f"Wrong {number}"}).status_code == 200
    response = client.post(url, {"message": "Wrong at last"})
    assert response.status_code == 429
    assert "Wrong at last" in response.content.decode()
    assert RecordReport.objects.count() == 10


def test_a_program_that_fills_in_everything_is_thanked_and_not_kept(client, url):
    response = client.post(url, {"message": "Buy", "website": "https://spam.example"})
    assert response.status_code == 200
    assert not RecordReport.objects.exists()
