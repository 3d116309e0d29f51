"""Deeds about one event at the same moment: the one waits for the other, and neither fails or does half of it."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, transaction

from forums.enums import EventStatus
from forums.models import Event, Outcome, Session
from forums.services import outcomes
from forums.services.listing import list_event
from forums.services.outcomes import publish_outcome
from forums.services.programme import running
from forums.services.programme.running import plan_programme
from portal.core.jobs import confirm_job, run_due_jobs
from portal.library.models import CatalogueItem
from tests.factories import EventFactory, OutcomeFactory
from tests.library_factories import DocumentFactory

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
SHEET = b"Day,Begins,Ends,Title (English),Room (English)\n2026-05-11,09:00,10:00,Opening,Hall\n"


def together(*deeds: Callable[[], object]) -> None:
    """Each deed in a thread of its own; what one raised is raised."""

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        for done in [threads.submit(run, deed) for deed in deeds]:
            done.result(60)


class Meeting:
    """Where two threads wait for each other; for a second only, as a lock may keep the other one out."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2)

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(timeout=1)


def test_an_outcome_is_published_while_its_event_is_saved(officer, monkeypatch):
    meeting, publish = Meeting(), outcomes._publish_document
    outcome = OutcomeFactory(event=EventFactory(status="held"))
    outcome.outcome_documents.create(document=DocumentFactory(languages=["en"]))
    list_event(outcome.event)

    def publish_and_meet(*args, **kwargs) -> None:
        publish(*args, **kwargs)
        meeting.wait()

    monkeypatch.setattr(outcomes, "_publish_document", publish_and_meet)

    def save() -> None:
        with transaction.atomic():
            event = Event.objects.get(pk=outcome.event.pk)
            Event.objects.filter(pk=event.pk).update(venue_en="Hall")
            meeting.wait()
            list_event(event)

    together(lambda: publish_outcome(Outcome.objects.get(pk=outcome.pk), by=officer), save)
    assert Event.objects.get().status == EventStatus.RESULTS
    assert set(CatalogueItem.objects.public().values_list("kind", flat=True)) == {"event", "outcome", "document"}


def test_a_programme_that_is_imported_twice_at_once_is_there_once(officer, monkeypatch):
    meeting, values = Meeting(), running._values
    event = EventFactory(start_day=date(2026, 5, 11), end_day=date(2026, 5, 12))
    for _ in range(2):
        confirm_job(plan_programme(io.BytesIO(SHEET), event, by=officer), by=officer)

    def meet_and_give(planned):
        meeting.wait()
        return values(planned)

    monkeypatch.setattr(running, "_values", meet_and_give)
    together(run_due_jobs, run_due_jobs)
    assert Session.objects.count() == event.rooms.count() == 1
