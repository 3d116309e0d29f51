"""What is not public yet, for who holds its link; and what moved."""

import pytest

from portal.library.models import Document
from portal.library.services.publishing import renew_preview
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory, item_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [DocumentFactory, MandateFactory, ProgrammeStrandFactory])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_draft_is_shown_to_who_holds_its_link_and_kept_nowhere(client, factory, language):
    response = client.get(f"/{language}/preview/{factory().preview_token}/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.context["is_preview"]
    assert 'class="strip"' in response.content.decode()


def test_a_wrong_an_ended_and_a_strangers_link_show_nothing(client):
    document, mandate = DocumentFactory(), MandateFactory()
    old = document.preview_token
    signature = mandate.preview_token.partition(".")[2]
    renew_preview(document)
    for token in (old, f"{document.public_id}.{signature}", "nothing", f"{document.public_id}.{'A' * 22}", "%00"):
        assert client.get(f"/en/preview/{token}/").status_code == 404
    assert client.get(f"/en/preview/{document.preview_token}/").status_code == 200


def test_a_preview_of_what_is_public_leads_to_its_page(client):
    document = DocumentFactory(is_public=True)
    response = client.get(f"/en/preview/{document.preview_token}/")
    assert response.status_code == 302
    assert response.headers["Location"] == document.get_absolute_url()


def test_the_files_of_a_draft_open_by_the_link_alone(client):
    document = DocumentFactory()
    page = client.get(f"/en/preview/{document.preview_token}/").content.decode()
    url = f"/en/preview/{document.preview_token}/en/"
    assert f"documents/{document.slug}/en/" not in page
    assert url in page
    response = client.get(url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 a paper"
    for close in response._resource_closers:  # a server does; close() would end the test's transaction as well
        close()
    assert response.headers["Cache-Control"] == "no-store, private"
    for other in (f"{document.preview_token}/th", f"{MandateFactory().preview_token}/en", f"{'A' * 12}.{'A' * 22}/en"):
        assert client.get(f"/en/preview/{other}/").status_code == 404


@pytest.fixture
def moved() -> Document:
    document = DocumentFactory(is_public=True, slug="old")
    document.slug = "new"
    document.save()
    item_for(document)
    return document


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_former_address_leads_to_the_present_page_in_its_language(client, moved, language):
    response = client.get(f"/{language}/results/documents/old/")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/{language}/results/documents/new/"


def test_a_former_address_of_what_is_not_public_leads_nowhere(client, moved):
    moved.status = "unpublished"
    moved.save()
    item_for(moved)
    assert client.get("/en/results/documents/old/").status_code == 404


def test_a_page_that_is_there_asks_for_no_former_address(client, moved, django_assert_num_queries):
    assert client.post("/en/results/documents/old/").status_code == 404
    for path in ("/en/nothing/", "/en/results/documents/%00/", "/nothing/", "/"):
        assert client.get(path).status_code in {404, 302}
