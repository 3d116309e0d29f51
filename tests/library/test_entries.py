"""What the catalogue holds of a thing is the same whatever language was on when it was written."""

import pytest
from django.utils import timezone, translation

from portal.core.models import Epoch
from portal.library.models import CatalogueItem, CatalogueText
from portal.library.services.catalogue import enter
from portal.library.services.reindexing import reindex_all
from tests.factories import EventFactory, OutcomeFactory
from tests.library.search.catalogue import found
from tests.library_factories import DocumentFactory, MandateFactory, item_for

pytestmark = pytest.mark.django_db


def titles(thing: object) -> dict[str, str]:
    return {text.language: text.title for text in item_for(thing).texts.all()}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_mandate_is_found_by_its_short_name_in_both_languages(language):
    mandate = MandateFactory(
        slug="vision", is_public=True, name_en="Vision 2030", short_name_en="Bandar", short_name_zh_hans="斯里巴加湾"
    )
    with translation.override(language):
        enter(mandate)
    assert found("bandar") == found("斯里巴加湾") == ["vision"]


def test_a_document_is_found_by_the_title_of_a_file_that_differs_from_its_own():
    document = DocumentFactory(slug="coast", is_public=True, title_en="Mangroves", title_zh_hans="", languages=["en"])
    document.files.update(title="Seagrass meadows")
    document.summary_zh_hans = "海草床"
    assert titles(document) == {"en": "Mangroves"}
    assert found("seagrass") == found("海草床") == found("mangroves") == ["coast"]


def test_an_event_without_a_chinese_title_is_found_by_its_chinese_place():
    event = EventFactory(slug="held", status="held", title_zh_hans="", place_zh_hans="仰光")
    enter(event)
    assert found("仰光") == ["held"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_outcome_is_called_one_in_the_language_of_each_title(language):
    outcome = OutcomeFactory(
        status="published",
        published_at=timezone.now(),
        event=EventFactory(title_en="Forum", title_zh_hans="论坛", status="held"),
    )
    with translation.override(language):
        assert titles(outcome) == {"en": "Outcomes: Forum", "zh-hans": "成果：论坛"}


@pytest.mark.parametrize(("stored", "renewals"), [("Outcomes: 论坛", 1), ("成果：论坛", 0)])
def test_reindexing_follows_a_translation_that_came_later_and_renews_the_pages_only_then(stored, renewals):
    outcome = OutcomeFactory(event=EventFactory(title_en="Forum", title_zh_hans="论坛", status="draft"))
    enter(outcome.event)
    items = CatalogueItem.objects.filter(pk=enter(outcome).pk)
    items.update(public_from=timezone.now(), updated_at="2020-01-01T00:00Z")
    texts = CatalogueText.objects.filter(item__in=items, language="zh-hans")
    texts.update(title=stored)
    epochs = Epoch.objects.count()
    reindex_all()
    assert texts.get().title == "成果：论坛"
    assert Epoch.objects.count() == epochs + renewals
    assert items.get().updated_at.year == 2020
