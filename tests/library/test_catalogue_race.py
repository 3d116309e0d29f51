"""Two changes of one thing at the same moment: its entry in the catalogue is that of the thing as it ends up."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import sleep
from typing import Any

import pytest
from django.db import connection

from forums.models import Event, Outcome
from forums.services.listing import list_event
from portal.library.models import CatalogueItem, Document
from portal.library.services import catalogue
from portal.library.services.publishing import publish, unpublish
from tests.factories import EventFactory, OutcomeFactory
from tests.library_factories import DocumentFactory, item_for

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def together(*deeds: Any) -> None:
    """Each deed in a thread of its own; what one raised is raised."""

    def run(deed: Any) -> None:
        try:
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        for done in [threads.submit(run, deed) for deed in deeds]:
            done.result(30)


@pytest.fixture
def meeting(monkeypatch):
    """Whoever has read what an outcome is waits for the other one before writing it, a lock keeps the other one out;
    who still takes it for public writes last."""
    barrier, write = threading.Barrier(2), catalogue._write_row

    def meet_and_write(item: CatalogueItem, entry: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            if item.kind == "outcome":
                barrier.wait(timeout=0.5)
                sleep(0.2 if entry.public_from else 0)
        write(item, entry)

    monkeypatch.setattr(catalogue, "_write_row", meet_and_write)


def test_what_is_unpublished_while_its_event_is_saved_is_public_nowhere(officer, meeting):
    outcome = OutcomeFactory(event=EventFactory(status="held"))
    publish(outcome, by=officer)
    together(
        lambda: unpublish(Outcome.objects.get(pk=outcome.pk), by=officer),
        lambda: list_event(Event.objects.get(pk=outcome.event.pk)),
    )
    assert not CatalogueItem.objects.public().filter(kind="outcome").exists()


def test_an_outcome_has_the_languages_of_two_documents_published_at_once(officer, meeting):
    outcome = OutcomeFactory(event=EventFactory(status="held"))
    documents = [DocumentFactory(languages=[language]) for language in ("en", "th")]
    for document in documents:
        outcome.outcome_documents.create(document=document)
    item_for(outcome)
    together(*(lambda key=row.pk: publish(Document.objects.get(pk=key), by=officer) for row in documents))
    entry = CatalogueItem.objects.get(kind="outcome")
    assert set(entry.languages.values_list("language", flat=True)) == {"en", "th"}


def test_a_thing_that_had_no_entry_gets_one_when_two_enter_it_at_once():
    event = EventFactory(status="held")
    CatalogueItem.objects.filter(kind="event").delete()
    together(*(lambda: list_event(Event.objects.get(pk=event.pk)) for _ in range(2)))
    assert CatalogueItem.objects.public().filter(kind="event").count() == 1
