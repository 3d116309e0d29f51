"""The public page of an outcome, its photos, and what the event says of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.models import Event, Outcome
from forums.services import outcome_parts as parts
from forums.services.outcomes import publish_outcome, unpublish_outcome
from forums.states import has_results, next_change
from portal.library.services.catalogue import relate
from tests.factories import OutcomeFactory
from tests.forums.test_outcomes import add_document, described, version
from tests.forums.uploads import photo
from tests.library_factories import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(officer) -> Outcome:
    return OutcomeFactory(event__slug="forum", event__title_en="Forum of 2025", event__title_zh_hans="2025年论坛")


def page(client, language: str = "en") -> str:
    answer = client.get(f"/{language}/forums/forum/outcomes/")
    assert answer.status_code == 200
    return answer.content.decode()


def add_text(outcome: Outcome, officer, *titles: str) -> None:
    text = parts.add_text(outcome, kind="declaration", by=officer)
    for number, title in enumerate(titles, 1):
        draft = parts.write_version(text, values=version(str(number), title), by=officer)
        parts.release_version(text, draft, by=officer, at=timezone.now() - timedelta(days=9 - number))


def test_an_outcome_is_not_there_before_it_is_published_and_after_it_is_taken_back(client, outcome, officer):
    address = "/en/forums/forum/outcomes/"
    assert client.get(address).status_code == 404
    publish_outcome(outcome, by=officer)
    assert client.get(address).status_code == 200
    unpublish_outcome(outcome, by=officer)
    assert client.get(address).status_code == 404


def test_an_outcome_that_appears_later_is_not_there_yet(client, outcome, officer):
    outcome.publish_at = timezone.now() + timedelta(hours=1)
    outcome.save()
    publish_outcome(outcome, by=officer)
    assert client.get("/en/forums/forum/outcomes/").status_code == 404
    assert "/outcomes/" not in client.get("/en/forums/forum/").content.decode()


def test_the_page_shows_words_documents_photos_and_how_to_cite_in_both_languages(client, outcome, officer):
    document = add_document(outcome, officer)
    parts.add_photos(outcome, [photo()], credit="Example Agency", by=officer)
    described(outcome)
    outcome.licence = "CC-BY-4.0"
    outcome.save()
    publish_outcome(outcome, by=officer)
    english, chinese = page(client), page(client, "zh-hans")
    for text in ("Twelve parties", "What was said.", "Declaration", "People in a hall", "Example Agency"):
        assert text in english
    for text in ("十二方商定了后续步骤。", "会议情况。", "宣言", "会场中的人们"):
        assert text in chinese
    for language in ("en", "zh-hans"):
        assert f"/results/documents/{document.slug}/{language}/" in english
    assert "creativecommons.org/licenses/by/4.0/deed.en" in english
    assert "creativecommons.org/licenses/by/4.0/deed.zh-hans" in chinese
    assert 'width="800" height="500"' in " ".join(english.split())
    assert 'loading="lazy"' in english


def test_the_version_in_force_stands_first_and_earlier_ones_stay_readable(client, outcome, officer):
    add_text(outcome, officer, "First words", "Second words")
    publish_outcome(outcome, by=officer)
    text = page(client)
    assert text.index("<p>Second words</p>") < text.index("1 earlier version") < text.index("<p>First words</p>")


def test_a_text_that_is_there_in_one_language_says_so_on_the_page_in_the_other(client, outcome, officer):
    add_text(outcome, officer, "Only in English")
    publish_outcome(outcome, by=officer)
    assert '<div lang="en"><p>Only in English</p></div>' in page(client, "zh-hans")


def test_a_draft_of_a_text_and_an_unpublished_document_are_not_shown(client, outcome, officer):
    text = parts.add_text(outcome, kind="declaration", by=officer)
    parts.write_version(text, values=version("1", "Secret draft"), by=officer)
    publish_outcome(outcome, by=officer)
    add_document(outcome, officer)
    shown = page(client)
    assert "Secret draft" not in shown
    assert "Declaration" not in shown


def test_photos_open_for_everybody_with_their_outcome_and_for_staff_alone_without(web, outcome, officer):
    parts.add_photos(outcome, [photo()], credit="A", by=officer)
    described(outcome)
    row = outcome.photos.get()
    addresses = [reverse("core:file", args=[file.public_id]) for file in (row.file, row.thumbnail)]
    visitor = Client()
    assert [_status(visitor, address) for address in addresses] == [404, 404]
    assert [_status(web, address) for address in addresses] == [200, 200]
    publish_outcome(outcome, by=officer)
    assert [_status(visitor, address) for address in addresses] == [200, 200]
    unpublish_outcome(outcome, by=officer)
    assert [_status(visitor, address) for address in addresses] == [404, 404]


def _status(browser, address: str) -> int:
    answer = browser.get(address)
    answer.getvalue()  # read to its end, the file is closed
    return answer.status_code


def test_related_things_and_the_way_to_report_an_error_are_on_the_page(client, outcome, officer):
    publish_outcome(outcome, by=officer)
    document = DocumentFactory(is_public=True, title_en="A study of seagrass")
    relate(outcome, document)
    text = page(client)
    assert "A study of seagrass" in text
    assert "/report/" in text


def test_the_page_sets_no_cookie_and_says_what_it_is_to_machines(client, outcome, officer):
    publish_outcome(outcome, by=officer)
    answer = client.get("/en/forums/forum/outcomes/")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert '"@type": "Report"' in answer.content.decode()
    assert 'property="og:title"' in answer.content.decode()


def test_a_guest_with_the_preview_link_sees_the_draft_without_its_files(client, outcome, officer):
    document = add_document(outcome, officer)
    parts.add_photos(outcome, [photo()], credit="A", by=officer)
    described(outcome)
    answer = client.get(reverse("library:preview", args=[outcome.preview_token]))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "What was said." in text
    assert "Declaration" in text
    assert f"results/documents/{document.slug}" not in text
    assert "<img" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_of_everything(
    client, outcome, officer, rows, django_assert_num_queries
):
    for number in range(rows):
        add_document(outcome, officer)
        add_text(outcome, officer, "One", f"Two {number}")
        relate_to = DocumentFactory(is_public=True)
    parts.add_photos(outcome, [photo(size=(60, 40)) for _ in range(rows)], credit="A", by=officer)
    described(outcome)
    publish_outcome(outcome, by=officer)
    relate(outcome, relate_to)
    page(client)
    with django_assert_num_queries(8):
        page(client)


def test_the_event_and_the_list_lead_to_published_outcomes_and_no_longer_when_they_are_taken_back(
    client, outcome, officer
):
    pages = ("/en/forums/forum/", "/en/forums/?when=past")
    publish_outcome(outcome, by=officer)
    for address in pages:
        text = client.get(address).content.decode()
        assert "Results published" in text
        assert 'href="/en/forums/forum/outcomes/"' in text
    unpublish_outcome(outcome, by=officer)
    for address in pages:
        text = client.get(address).content.decode()
        assert "Results published" not in text
        assert "/forums/forum/outcomes/" not in text


def test_the_list_changes_at_the_moment_at_which_outcomes_appear(outcome, officer):
    moment = timezone.now() + timedelta(minutes=5)
    outcome.publish_at = moment
    outcome.save()
    publish_outcome(outcome, by=officer)
    [event] = Event.objects.past()
    assert next_change([event], timezone.now()) == moment
    assert not has_results(event, timezone.now())
    assert has_results(event, moment)


def test_an_outcome_with_many_documents_is_one_result_on_the_home_page(client, outcome, officer):
    for _ in range(7):
        add_document(outcome, officer)
    publish_outcome(outcome, by=officer)
    home = client.get("/en/").content.decode()
    assert "/en/forums/forum/outcomes/" in home
    assert "results/documents/" not in home
    unpublish_outcome(outcome, by=officer, with_documents=False)
    assert "results/documents/" in client.get("/en/").content.decode()
