"""Sessions of released programmes in the API."""

import json
from datetime import date

import pytest

from forums.models import Session, SessionSpeaker
from forums.services.programme import release_programme, withdraw_programme
from tests.api_client import error, read, rows
from tests.factories import ContactFactory, EventFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


@pytest.fixture
def event(officer):
    """Two days in Dili, with an address behind a speaker that nobody may read; released."""
    event = EventFactory(slug="dili", time_zone="Asia/Dili", start_day=DAY)
    plenary = a_session(event, "Plenary", DAY, languages=["en"], interpretation=["zh-hans"])
    a_session(event, "Visit", DAY.replace(day=2), kind="field_visit", languages=["pt"])
    contact = ContactFactory(full_name="Planted Person", email="planted@ministry.example")
    SessionSpeaker.objects.create(
        session=plenary,
        role="chair",
        name_en="Ms Printed",
        name_zh_hans="印女士",
        position_en="Director",
        contact=contact,
    )
    release_programme(event, by=officer)
    return event


def a_session(event, title: str, day: date, **values) -> Session:
    times = {"start_time": "09:00", "end_time": "10:30"}
    return Session.objects.create(event=event, title_en=title, day=day, **times, **values)


def titles(client, query: str) -> list[str]:
    return [row["title"]["en"] for row in rows(client, f"sessions/?{query}")]


def test_a_session_is_told_as_it_was_printed(client, event):
    first = rows(client, "sessions/?lang=zh-hans")[0]
    assert first["event"] == "dili"
    assert (first["starts_at"], first["ends_at"]) == ("2027-03-01T09:00:00+09:00", "2027-03-01T10:30:00+09:00")
    assert first["time_zone"] == "Asia/Dili"
    assert first["title"] == {"en": "Plenary"}
    assert first["speakers"] == [
        {
            "role": "chair",
            "name": {"zh-hans": "印女士"},
            "position": {"en": "Director"},
            "organisation": {},
            "topic": {},
        }
    ]
    assert first["is_final"] is False
    assert read(client, f"sessions/{first['id']}/?lang=zh-hans") == first


def test_no_contact_stands_behind_a_speaker(client, event):
    text = json.dumps(rows(client, "sessions/"))
    assert "planted@" not in text
    assert "Planted Person" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("event=dili", ["Plenary", "Visit"]),
        ("day=2027-03-02", ["Visit"]),
        ("day=2027-03-03", []),
        ("kind=field_visit", ["Visit"]),
        ("language=en", ["Plenary"]),
        ("language=zh-hans", ["Plenary"]),
        ("language=pt", ["Visit"]),
        ("language=th", []),
    ],
)
def test_the_list_is_narrowed(client, event, query, expected):
    assert titles(client, query) == expected


def test_what_is_not_released_waits_and_what_is_withdrawn_is_gone(client, event, officer):
    a_session(event, "Added later", DAY)
    assert "Added later" not in titles(client, "")
    release_programme(event, by=officer)
    assert "Added later" in titles(client, "")
    known = rows(client, "sessions/")[0]["id"]
    withdraw_programme(event, by=officer)
    assert titles(client, "") == []
    assert error(client, f"sessions/{known}/", 404)["code"] == "not_found"


def test_the_sessions_of_an_event_that_is_not_public_do_not_exist(client, event):
    event.status = "draft"
    event.save()
    assert titles(client, "") == []
    assert set(error(client, "sessions/?event=dili", 400)["fields"]) == {"event"}
