"""What is released of a programme, when, and what moves with the event."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from forums.enums import EventStatus, PaperAccess
from forums.models import EventPaper, EventPaperFile, ProgrammeRelease, ReleasedSession
from forums.services.errors import Refused
from forums.services.events import copy_event, move_event
from forums.services.programme import release_programme, withdraw_programme
from forums.services.programme.differences import differences
from portal.core.audit import history
from portal.library.models import CatalogueItem
from portal.library.search.query import search
from tests.factories import ContactFactory, EventFactory, RoomFactory, SessionFactory, SpeakerFactory, StoredFileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(start_day=date(2030, 12, 1), end_day=date(2030, 12, 2), time_zone="Asia/Yangon")


def page_of(event) -> str:
    return reverse("forums:programme", args=[event.slug])


def test_nothing_is_public_before_the_release(client, event):
    SessionFactory(event=event)
    assert client.get(page_of(event)).status_code == 404
    assert page_of(event) not in client.get(event.get_absolute_url()).content.decode()


def test_a_programme_without_a_session_is_not_released(event, officer):
    with pytest.raises(Refused):
        release_programme(event, by=officer)


def test_the_release_is_what_readers_see_until_the_next_one(client, event, officer):
    session = SessionFactory(event=event, title_en="Opening")
    release_programme(event, by=officer, at=datetime(2030, 11, 20, 20, 0, tzinfo=UTC))
    session.title_en = "Solemn opening"
    session.save()
    page = client.get(page_of(event)).content.decode()
    assert "Opening" in page
    assert "Solemn" not in page
    assert "Provisional programme, as of 21 November 2030" in page  # the day in Yangon
    release_programme(event, by=officer, is_final=True)
    page = client.get(page_of(event)).content.decode()
    assert "Solemn opening" in page
    assert "Final programme" in page
    assert ProgrammeRelease.objects.filter(event=event, is_current=True).count() == 1
    assert page_of(event) in client.get(event.get_absolute_url()).content.decode()


def test_a_withdrawn_programme_does_not_exist_and_can_be_released_again(client, event, officer):
    SessionFactory(event=event)
    release_programme(event, by=officer)
    withdraw_programme(event, by=officer)
    assert client.get(page_of(event)).status_code == 404
    with pytest.raises(Refused):
        withdraw_programme(event, by=officer)
    release_programme(event, by=officer)
    assert client.get(page_of(event)).status_code == 200
    actions = list(history(event).values_list("action", flat=True))
    assert actions[:3] == ["programme_released", "programme_withdrawn", "programme_released"]


def test_a_released_session_holds_all_its_words_and_nothing_of_the_directory(event, officer):
    room = RoomFactory(event=event, name_en="Hall", name_zh_hans="大厅")
    session = SessionFactory(event=event, room=room, title_en="Opening", title_zh_hans="开幕", languages=["en"])
    contact = ContactFactory(email="minister@ministry.example")
    SpeakerFactory(session=session, role="chair", name_en="H.E. Ana Cruz", organisation_en="Ministry", contact=contact)
    release_programme(event, by=officer)
    row = ReleasedSession.objects.public().get()
    assert row.content["title"] == {"en": "Opening", "zh-hans": "开幕"}
    assert row.content["room"] == {"en": "Hall", "zh-hans": "大厅"}
    speaker = {
        "role": "chair",
        "name": {"en": "H.E. Ana Cruz"},
        "position": {},
        "organisation": {"en": "Ministry"},
        "topic": {},
    }
    assert row.content["speakers"] == [speaker]
    assert "minister@" not in str(row.content)
    assert row.starts_at == datetime(2030, 12, 1, 2, 30, tzinfo=UTC)


def test_only_public_papers_with_a_file_stand_in_a_release(event, officer):
    session = SessionFactory(event=event)
    public = EventPaper.objects.create(event=event, session=session, access=PaperAccess.PUBLIC, title_en="Slides")
    inner = EventPaper.objects.create(event=event, session=session, access=PaperAccess.PARTICIPANTS)
    EventPaper.objects.create(event=event, session=session, access=PaperAccess.PUBLIC, title_en="Without a file")
    for paper in (public, inner):
        EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    release_programme(event, by=officer)
    papers = ReleasedSession.objects.get().content["papers"]
    address = f"forums/{event.slug}/papers/{public.pk}/en/"
    assert [(paper["id"], paper["addresses"]) for paper in papers] == [(public.pk, {"en": address})]


def test_a_paper_that_is_closed_after_the_release_is_gone_from_the_page_at_once(client, event, officer):
    session = SessionFactory(event=event)
    paper = EventPaper.objects.create(event=event, session=session, access=PaperAccess.PUBLIC, title_en="Slides")
    EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    release_programme(event, by=officer)
    assert "Slides" in client.get(page_of(event)).content.decode()
    paper.access = PaperAccess.PARTICIPANTS
    paper.save()
    assert "Slides" not in client.get(page_of(event)).content.decode()


def test_the_officer_sees_what_changed_since_the_release(event, officer):
    kept, moved, gone = (SessionFactory(event=event, title_en=title) for title in ("Kept", "Moved", "Gone"))
    SpeakerFactory(session=kept)
    release_programme(event, by=officer)
    assert not differences(event)
    moved.day, moved.kind = date(2030, 12, 2), "closing"
    moved.save()
    gone.delete()
    SessionFactory(event=event, title_en="New")
    found = differences(event)
    assert [row.title for row in found.added] == ["New"]
    assert [(row.title, [str(part) for part in row.parts]) for row in found.changed] == [("Moved", ["kind", "time"])]
    assert [row.title for row in found.removed] == ["Gone"]


def test_an_event_is_found_by_its_released_sessions_and_speakers(event, officer):
    SpeakerFactory(session=SessionFactory(event=event, title_en="Seagrass nurseries"), name_en="Ana Quintela")
    release_programme(event, by=officer)
    for text in ("seagrass", "Quintela"):
        found = search(text, CatalogueItem.objects.public())
        assert [item.subject for item in found.items] == [event]
    withdraw_programme(event, by=officer)
    assert search("seagrass", CatalogueItem.objects.public()).items.count() == 0


def test_moving_the_event_moves_its_sessions_and_what_is_released_but_releases_nothing_new(client, event, officer):
    session = SessionFactory(event=event, day=date(2030, 12, 2), title_en="Opening")
    release_programme(event, by=officer)
    session.title_en = "Not released"
    session.save()
    move_event(event, start_day=date(2030, 12, 8), by=officer)
    session.refresh_from_db()
    assert session.day == date(2030, 12, 9)
    row = ReleasedSession.objects.public().get()
    assert row.starts_at == datetime(2030, 12, 9, 2, 30, tzinfo=UTC)
    assert row.release.number == 2
    assert row.content["title"]["en"] == "Opening"
    assert "9 December 2030" in client.get(page_of(event)).content.decode()


def test_a_copied_event_has_no_programme(event, officer):
    SessionFactory(event=event)
    release_programme(event, by=officer)
    copy = copy_event(event, slug="next-year", start_day=date(2031, 12, 1), by=officer)
    assert not copy.sessions.exists()
    assert not copy.releases.exists()


@pytest.mark.parametrize("status", [EventStatus.DRAFT])
def test_the_programme_of_an_event_that_is_not_public_is_not_public(client, event, officer, status):
    SessionFactory(event=event)
    release_programme(event, by=officer)
    event.status = status
    event.save()
    assert not ReleasedSession.objects.public().exists()
    assert client.get(page_of(event)).status_code == 404
    client.force_login(officer)
    assert client.get(page_of(event)).status_code == 200
