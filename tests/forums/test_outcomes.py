"""Outcomes: their parts, publishing them with their documents, taking them back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Outcome, OutcomePhoto
from forums.services import outcome_parts as parts
from forums.services.errors import Refused
from forums.services.outcomes import begin_outcome, missing_of, own_documents, publish_outcome, unpublish_outcome
from portal.core.audit import history
from portal.core.models import StoredFile, TextVersion
from portal.library.enums import PublishingStatus
from portal.library.models import CatalogueItem, Document
from portal.library.services.catalogue import item_of
from portal.library.services.publishing import NotChecked, unpublish
from tests.factories import CountryFactory, EventFactory, OutcomeFactory
from tests.forums.uploads import pdf, photo
from tests.library_factories import DocumentFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def add_document(outcome: Outcome, officer) -> Document:
    return parts.add_document(
        outcome,
        kind="declaration",
        titles={"en": "Declaration", "zh-hans": "宣言"},
        files={"en": pdf(), "zh-hans": pdf("宣言.pdf")},
        by=officer,
    )


def described(outcome: Outcome) -> None:
    outcome.photos.update(alt_en="People in a hall", alt_zh_hans="会场中的人们")


def public_addresses() -> set[str]:
    return set(CatalogueItem.objects.public().results().values_list("address", flat=True))


def test_an_outcome_is_begun_once_as_a_draft(officer):
    event = EventFactory(status=EventStatus.HELD, is_demo=True)
    outcome = begin_outcome(event, by=officer)
    assert begin_outcome(event, by=officer) == outcome
    assert (outcome.status, outcome.is_demo) == (PublishingStatus.DRAFT, True)
    assert [entry.action for entry in history(outcome)] == ["added"]
    assert item_of(outcome).public_from is None


def test_one_document_has_a_file_in_each_language_and_what_the_event_says_of_itself(officer):
    country, theme = CountryFactory(), ThemeFactory()
    outcome = OutcomeFactory(licence="CC-BY-4.0", event__country=country, event__slug="forum-2025")
    outcome.event.themes.add(theme)
    document = add_document(outcome, officer)
    assert {file.language for file in document.files.all()} == {"en", "zh-hans"}
    assert (document.slug, document.licence, document.day) == (
        "forum-2025-declaration",
        "CC-BY-4.0",
        outcome.event.end_day,
    )
    assert (list(document.themes.all()), list(document.countries.all())) == ([theme], [country])
    assert list(outcome.documents.all()) == [document]
    assert add_document(outcome, officer).slug == "forum-2025-declaration-2"


def test_publishing_takes_documents_and_event_with_it_and_unpublishing_takes_them_back(officer):
    outcome = OutcomeFactory()
    document = add_document(outcome, officer)
    assert publish_outcome(outcome, by=officer) == [document]
    outcome.event.refresh_from_db()
    assert outcome.event.status == EventStatus.RESULTS
    slug = outcome.event.slug
    assert public_addresses() == {f"forums/{slug}/outcomes/", f"results/documents/{document.slug}/"}
    assert set(item_of(outcome).languages.values_list("language", flat=True)) == {"en", "zh-hans"}
    unpublish_outcome(outcome, by=officer)
    outcome.event.refresh_from_db()
    assert outcome.event.status == EventStatus.HELD
    assert public_addresses() == set()
    for thing, actions in (
        (outcome, ["unpublish", "publish"]),
        (outcome.event, ["withdraw_results", "publish_results"]),
    ):
        assert [(entry.action, entry.actor) for entry in history(thing)][:2] == [(name, officer) for name in actions]


def test_documents_stay_when_the_officer_wishes_so(officer):
    outcome = OutcomeFactory()
    document = add_document(outcome, officer)
    publish_outcome(outcome, by=officer)
    unpublish_outcome(outcome, by=officer, with_documents=False)
    assert public_addresses() == {f"results/documents/{document.slug}/"}


def test_a_document_that_another_public_outcome_shows_stays(officer):
    one, other = OutcomeFactory(), OutcomeFactory()
    document = add_document(one, officer)
    parts.attach_document(other, document, by=officer)
    publish_outcome(one, by=officer)
    publish_outcome(other, by=officer)
    assert own_documents(one) == []
    unpublish_outcome(one, by=officer)
    assert f"results/documents/{document.slug}/" in public_addresses()
    assert own_documents(other) == [document]


def test_a_document_has_one_place_in_an_outcome(officer):
    outcome = OutcomeFactory()
    document = add_document(outcome, officer)
    with pytest.raises(Refused):
        parts.attach_document(outcome, document, by=officer)


def test_an_outcome_that_appears_later_brings_its_documents_then_and_leaves_the_event_alone(officer):
    moment = timezone.now() + timedelta(days=2)
    outcome = OutcomeFactory(publish_at=moment)
    document = add_document(outcome, officer)
    publish_outcome(outcome, by=officer)
    outcome.event.refresh_from_db()
    assert (public_addresses(), outcome.event.status) == (set(), EventStatus.HELD)
    document.refresh_from_db()
    assert document.publish_at == moment
    later = CatalogueItem.objects.public(moment).results()
    assert {item.kind for item in later} == {"outcome", "document"}


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [(EventStatus.ANNOUNCED, "<p>Words</p>", "not marked as held"), (EventStatus.HELD, "", "nothing to read")],
)
def test_what_is_missing_is_said_and_nothing_is_published(officer, status, words, reason):
    outcome = OutcomeFactory(event__status=status, summary_en=words, summary_zh_hans="")
    document = DocumentFactory()
    if words:
        parts.attach_document(outcome, document, by=officer)
    with pytest.raises(Refused, match=reason):
        publish_outcome(outcome, by=officer)
    assert public_addresses() == set()


def test_a_photo_is_described_in_both_languages_before_it_is_public(officer):
    outcome = OutcomeFactory()
    parts.add_photos(outcome, [photo()], credit="Example Agency", by=officer)
    outcome.photos.update(alt_en="People in a hall")
    assert missing_of(outcome) == ["Photo 1 is not described in every language."]
    with pytest.raises(Refused):
        publish_outcome(outcome, by=officer)
    described(outcome)
    publish_outcome(outcome, by=officer)
    assert item_of(outcome).cover == outcome.photos.get().thumbnail


def test_the_second_check_counts_for_the_documents_too(officer, settings):
    settings.PUBLISH_SECOND_CHECK = True
    outcome = OutcomeFactory(status=PublishingStatus.APPROVED)
    add_document(outcome, officer)
    outcome.status = PublishingStatus.APPROVED
    outcome.save()
    with pytest.raises(NotChecked, match="Declaration"):
        publish_outcome(outcome, by=officer)
    assert public_addresses() == set()


def test_photos_get_a_small_copy_of_bounded_size(officer):
    outcome = OutcomeFactory()
    assert parts.add_photos(outcome, [photo(size=(3000, 2000)), photo(size=(300, 200))], credit="A", by=officer) == 2
    large, little = outcome.photos.all()
    assert (large.width, large.height, little.width, little.height) == (800, 533, 300, 200)
    assert large.thumbnail.size < large.file.size


def test_the_files_of_a_photo_that_was_taken_away_are_gone(officer, django_capture_on_commit_callbacks):
    outcome = OutcomeFactory()
    parts.add_photos(outcome, [photo()], credit="A", by=officer)
    row = OutcomePhoto.objects.select_related("file", "thumbnail").get()
    storage, name = row.file.file.storage, row.file.file.name
    row.delete()
    with django_capture_on_commit_callbacks(execute=True):
        parts.forget_files([row.file, row.thumbnail])
    assert not StoredFile.objects.exists()
    assert not storage.exists(name)


def version(number: str, title: str = "Declaration") -> dict[str, str]:
    return {"version": number, "title_en": title, "title_zh_hans": "", "body_en": f"<p>{title}</p>", "body_zh_hans": ""}


def test_a_text_is_drafted_released_and_followed_by_another_version(officer):
    outcome = OutcomeFactory(event__slug="forum")
    text = parts.add_text(outcome, kind="joint_statement", by=officer)
    assert text.code == "forum-joint_statement"
    draft = parts.write_version(text, values=version("1"), by=officer)
    assert parts.write_version(text, values=version("1", "Statement"), by=officer) == draft
    parts.release_version(text, draft, by=officer)
    with pytest.raises(Refused):
        parts.write_version(text, values=version("1"), by=officer)
    second = parts.write_version(text, values=version("2"), by=officer)
    assert parts.draft_of(text) == second
    assert [found.version for found in parts.versions_of(text) if found.released_at] == ["1"]
    assert TextVersion.objects.get(pk=draft.pk).title_en == "Statement"


def test_a_released_text_is_searched_with_its_outcome(officer):
    outcome = OutcomeFactory()
    text = parts.add_text(outcome, kind="declaration", by=officer)
    draft = parts.write_version(text, values=version("1", "Seagrass pledge"), by=officer)
    parts.release_version(text, draft, by=officer)
    assert "seagrass" in item_of(outcome).search.body


def test_an_outcome_is_found_by_its_documents_as_long_as_they_are_public(officer):
    outcome = OutcomeFactory()
    document = add_document(outcome, officer)
    publish_outcome(outcome, by=officer)
    assert "declaration" in item_of(outcome).search.body
    document.refresh_from_db()
    unpublish(document, by=officer)
    assert "declaration" not in item_of(outcome).search.body
    assert not item_of(outcome).languages.exists()


def test_a_document_leads_back_to_its_outcome_until_it_is_taken_out(officer):
    outcome = OutcomeFactory()
    document = add_document(outcome, officer)
    assert list(item_of(document).related.all()) == [item_of(outcome)]
    parts.untie_documents(outcome, [document])
    assert not item_of(document).related.exists()
