"""A document with a moment of its own: nothing tells of it before, and everything that names it from then on."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from portal.library.models import CatalogueItem
from portal.library.services.catalogue import enter
from portal.library.services.following import follow_clock
from portal.library.tasks import follow
from tests.factories import EventFactory, OutcomeFactory
from tests.library.search.catalogue import found
from tests.library_factories import DocumentFactory, MandateFactory, item_for

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def public_outcome(**fields) -> CatalogueItem:
    event = EventFactory(slug="forum", status="results")
    return item_for(OutcomeFactory(event=event, status="published", published_at=timezone.now(), **fields))


def coming_document(languages=("th",)):
    return DocumentFactory(
        slug="atlas", title_en="Seagrass atlas", languages=list(languages), status="published",
        published_at=timezone.now(), publish_at=timezone.now() + LATER,
    )  # fmt: skip


def test_an_outcome_is_not_found_by_a_document_before_its_moment_and_is_from_then_on():
    item, document = public_outcome(), coming_document()
    item.subject.outcome_documents.create(document=document)
    enter(item.subject)
    assert found("seagrass") == []
    assert not item.languages.exists()
    assert follow_clock() == 0
    type(document).objects.update(publish_at=timezone.now())
    CatalogueItem.objects.filter(kind="document").update(public_from=timezone.now(), updated_at=timezone.now() - LATER)
    assert follow_clock() == 1
    assert set(found("seagrass")) == {"atlas", "outcomes"}
    assert [row.language for row in item.languages.all()] == ["th"]
    assert follow_clock() == 0


def test_an_outcome_that_appears_together_with_its_document_is_found_by_it_then():
    document = coming_document()
    item = public_outcome(publish_at=document.publish_at)
    item.subject.outcome_documents.create(document=document)
    enter(item.subject)
    assert [row.language for row in item.languages.all()] == ["th"]


def test_a_mandate_has_the_language_of_its_text_from_the_moment_of_the_text():
    document = coming_document()
    item = item_for(MandateFactory(is_public=True, text=document))
    assert not item.languages.exists()
    type(document).objects.update(publish_at=timezone.now())
    CatalogueItem.objects.filter(kind="document").update(public_from=timezone.now(), updated_at=timezone.now() - LATER)
    follow_clock()
    assert [row.language for row in item.languages.all()] == ["th"]


def test_the_clock_is_followed_every_minute():
    assert settings.CELERY_BEAT_SCHEDULE["follow-clock"] | {"options": {}} == {
        "task": follow.name, "schedule": 60, "options": {},
    }  # fmt: skip
