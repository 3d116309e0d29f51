"""Calendar files of a programme and of all coming events, read back as a calendar program reads them."""

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from forums.enums import EventStatus
from forums.services.events import move_event
from forums.services.programme import release_programme, withdraw_programme
from portal.core.enums import DatePrecision
from tests.factories import EventFactory, RoomFactory, SessionFactory, SpeakerFactory
from tests.forums.test_programme_page import DAY

pytestmark = pytest.mark.django_db
FEED = "/feeds/events.ics"
CALENDAR_QUERIES = 3


def entries(response) -> list:
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def calendar(client, event, language: str = "en") -> list:
    with override(language):
        return entries(client.get(reverse("forums:programme-calendar", args=[event.slug])))


@pytest.mark.parametrize(
    ("zone", "begins", "ends"),
    [
        ("Asia/Yangon", datetime(2030, 12, 1, 2, 30, tzinfo=UTC), datetime(2030, 12, 1, 4, 0, tzinfo=UTC)),
        ("Asia/Dili", datetime(2030, 12, 1, 0, 0, tzinfo=UTC), datetime(2030, 12, 1, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_entry_is_the_right_instant_wherever_it_is_read(client, officer, zone, begins, ends):
    event = EventFactory(start_day=DAY, end_day=DAY, time_zone=zone)
    SessionFactory(event=event, start_time=time(9), end_time=time(10, 30))
    release_programme(event, by=officer)
    (entry,) = calendar(client, event)
    assert entry.decoded("dtstart").astimezone(UTC) == begins
    assert entry.decoded("dtend").astimezone(UTC) == ends


def test_the_zone_stands_in_the_file_with_its_distance_from_utc(client, officer):
    event = EventFactory(start_day=DAY, end_day=DAY, time_zone="Asia/Yangon")
    SessionFactory(event=event)
    release_programme(event, by=officer)
    content = client.get(reverse("forums:programme-calendar", args=[event.slug])).content
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Yangon"
    assert b"TZOFFSETTO:+0630" in content


def test_an_entry_says_where_and_who_in_the_language_of_the_page(client, officer):
    event = EventFactory(start_day=DAY, end_day=DAY, venue_en="Hotel", venue_zh_hans="酒店", title_zh_hans="论坛")
    room = RoomFactory(event=event, name_en="Hall", name_zh_hans="大厅")
    session = SessionFactory(event=event, room=room, title_en="Opening, and more", title_zh_hans="开幕")
    SpeakerFactory(session=session, name_en="Wang Jianhua", name_zh_hans="王建华", organisation_en="Institute")
    release_programme(event, by=officer)
    (entry,) = calendar(client, event)
    assert (entry["summary"], entry["location"]) == ("Opening, and more", "Hall, Hotel")
    assert "Wang Jianhua, Institute" in entry["description"]
    (entry,) = calendar(client, event, "zh-hans")
    assert (entry["summary"], entry["location"]) == ("开幕", "大厅, 酒店")
    assert "论坛" in entry["description"]
    assert "王建华" in entry["description"]


def test_the_identifier_stays_and_the_sequence_rises_with_every_release(client, officer):
    event = EventFactory(start_day=DAY, end_day=DAY)
    SessionFactory(event=event)
    release_programme(event, by=officer)
    (first,) = calendar(client, event)
    withdraw_programme(event, by=officer)
    release_programme(event, by=officer)
    move_event(event, start_day=date(2030, 12, 5), by=officer)
    (second,) = calendar(client, event)
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtstart").date() == date(2030, 12, 5)


def test_one_session_is_a_file_of_its_own(client, officer):
    event = EventFactory(start_day=DAY, end_day=DAY)
    wanted, _other = SessionFactory(event=event, title_en="Wanted"), SessionFactory(event=event)
    release_programme(event, by=officer)
    (entry,) = entries(client.get(reverse("forums:session-calendar", args=[event.slug, wanted.public_id])))
    assert entry["summary"] == "Wanted"
    assert client.get(reverse("forums:session-calendar", args=[event.slug, "nothing"])).status_code == 404


def test_there_is_no_file_before_the_release(client):
    session = SessionFactory()
    for name, parts in (("programme-calendar", []), ("session-calendar", [session.public_id])):
        assert client.get(reverse(f"forums:{name}", args=[session.event.slug, *parts])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_takes_the_same_number_of_queries_whatever_its_length(
    client, officer, count, django_assert_num_queries
):
    event = EventFactory(start_day=DAY, end_day=DAY)
    for _ in range(count):
        SessionFactory(event=event)
    release_programme(event, by=officer)
    with django_assert_num_queries(CALENDAR_QUERIES):
        assert len(calendar(client, event)) == count


def test_the_sessions_of_a_cancelled_event_are_cancelled(client, officer):
    event = EventFactory(start_day=DAY, end_day=DAY)
    SessionFactory(event=event)
    release_programme(event, by=officer)
    (before,) = calendar(client, event)
    event.status = EventStatus.CANCELLED
    event.save()
    (after,) = calendar(client, event)
    assert after["status"] == "CANCELLED"
    assert after["sequence"] > before["sequence"]


def test_the_feed_holds_every_coming_event_as_far_as_its_date_is_known(client):
    place = {"time_zone": "Asia/Dili"}
    EventFactory(title_en="Timed", start_day=DAY, end_day=DAY, start_time=time(9), end_time=time(17), **place)
    EventFactory(title_en="Days", start_day=DAY, end_day=date(2030, 12, 3), **place)
    EventFactory(title_en="Month", start_day=DAY, end_day=None, date_precision=DatePrecision.MONTH)
    EventFactory(title_en="Cancelled", start_day=DAY, end_day=DAY, status=EventStatus.CANCELLED)
    EventFactory(title_en="Draft", start_day=DAY, end_day=DAY, status=EventStatus.DRAFT)
    EventFactory(title_en="Over", start_day=date(2020, 1, 1), end_day=date(2020, 1, 1))
    EventFactory(title_en="Unknown", start_day=None, end_day=None)
    found = {str(entry["summary"]): entry for entry in entries(client.get(FEED))}
    assert set(found) == {"Timed", "Days", "Month", "Cancelled"}
    assert found["Timed"].decoded("dtstart").astimezone(UTC) == datetime(2030, 12, 1, 0, 0, tzinfo=UTC)
    assert (found["Days"].decoded("dtstart"), found["Days"].decoded("dtend")) == (DAY, date(2030, 12, 4))
    assert (found["Month"].decoded("dtstart"), found["Month"].decoded("dtend")) == (DAY, date(2031, 1, 1))
    assert (found["Month"]["status"], found["Month"]["transp"]) == ("TENTATIVE", "TRANSPARENT")
    assert found["Cancelled"]["status"] == "CANCELLED"


def test_the_feed_speaks_the_language_that_is_asked_for(client):
    EventFactory(title_en="Workshop", title_zh_hans="研讨会")
    for query, title in (("", "Workshop"), ("?lang=zh-hans", "研讨会"), ("?lang=nonsense", "Workshop")):
        (entry,) = entries(client.get(FEED + query, headers={"Accept-Language": "zh-hans"}))
        assert entry["summary"] == title


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_takes_one_query(client, count, django_assert_num_queries):
    for _ in range(count):
        EventFactory()
    with django_assert_num_queries(1):
        assert len(entries(client.get(FEED))) == count
