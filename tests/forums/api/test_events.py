"""Events in the API."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from forums.enums import EventStatus, PaperAccess
from forums.models import EventEdition, EventOrganiser, EventPaper, EventPaperFile, EventSeries
from forums.services.listing import list_event
from forums.services.programme import release_programme
from portal.library.services.publishing import publish, unpublish
from tests.api_client import error, opens, read, rows
from tests.factories import CountryFactory, EventFactory, OrganisationFactory, OutcomeFactory, StoredFileFactory
from tests.library_factories import ThemeFactory

pytestmark = pytest.mark.django_db


def slugs(client, query: str) -> list[str]:
    return [row["slug"] for row in rows(client, f"events/?{query}")]


def test_a_draft_does_not_exist(client):
    EventFactory(slug="draft", status=EventStatus.DRAFT)
    assert slugs(client, "") == []
    assert error(client, "events/draft/", 404)["code"] == "not_found"
    assert "draft" not in error(client, "events/?status=draft", 400)["allowed"]["status"]


def test_days_are_as_exact_as_they_are_known(client):
    start, end = date(2025, 10, 1), date(2025, 11, 1)
    EventFactory(slug="month", start_day=start, end_day=end, date_precision="month")
    EventFactory(slug="unknown", start_day=None)
    found = read(client, "events/month/")
    assert (found["start"], found["end"], found["starts_at"]) == ("2025-10", "2025-11", None)
    assert read(client, "events/unknown/")["start"] is None


def test_moments_carry_the_offset_of_the_place_and_no_hour_is_invented(client):
    deadline = datetime(2025, 9, 30, 17, 29, tzinfo=UTC)
    first = EventFactory(
        slug="yangon",
        time_zone="Asia/Yangon",
        start_day=date(2025, 10, 21),
        start_time=time(9),
        registration_deadline=deadline,
    )
    found = read(client, f"events/{first.slug}/")
    assert found["starts_at"] == "2025-10-21T09:00:00+06:30"
    assert found["registration_deadline"] == "2025-09-30T23:59:00+06:30"
    assert found["ends_at"] is None
    assert found["time_zone"] == "Asia/Yangon"


@pytest.fixture
def several():
    """Three events that differ in everything that is filtered by."""
    thailand, china = CountryFactory(code="TH"), CountryFactory(code="CN", name_en="China")
    above = ThemeFactory(code="sea")
    past = EventFactory(slug="past", kind="forum", status="held", start_day=date(2019, 5, 1), country=china)
    soon = EventFactory(slug="soon", kind="workshop", country=thailand, mode="online")
    EventFactory(slug="undated", kind="training", start_day=None)
    soon.themes.add(ThemeFactory(code="plastic", parent=above, framework=above.framework))
    list_event(soon)
    EventEdition.objects.create(event=past, series=EventSeries.objects.create(slug="forum", name_en="Forum"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["soon", "past", "undated"]),
        ("kind=forum", ["past"]),
        ("status=held", ["past"]),
        ("series=forum", ["past"]),
        ("country=TH", ["soon"]),
        ("country=cn", ["past"]),
        ("year=2019", ["past"]),
        ("theme=plastic", ["soon"]),
        ("theme=sea", ["soon"]),
        ("from=2019-05-02", ["soon", "past"]),
        ("from=2019-05-03", ["soon"]),
        ("to=2019-05-01", ["past"]),
        ("to=2019-04-30", []),
        ("mode=online", ["soon"]),
        ("upcoming=true", ["soon", "undated"]),
        ("upcoming=false", ["past"]),
        ("kind=forum&country=TH", []),
    ],
)
def test_the_list_is_narrowed(client, several, query, expected):
    assert slugs(client, query) == expected


def test_a_record_names_who_is_behind_it_and_leads_on(client, officer):
    event = EventFactory(slug="forum")
    seen = OrganisationFactory(name_en="Centre", is_public=True, slug="centre")
    for organisation in (seen, OrganisationFactory(name_en="Ministry", slug="ministry")):
        EventOrganiser.objects.create(event=event, organisation=organisation)
    for access in PaperAccess:
        paper = EventPaper.objects.create(event=event, title_en=f"For {access}", access=access)
        EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    EventPaper.objects.create(event=event, title_en="Without a file", access=PaperAccess.PUBLIC)
    found = read(client, "events/forum/")
    assert [(one["name"], one["slug"]) for one in found["organisers"]] == [
        ({"en": "Centre"}, "centre"),
        ({"en": "Ministry"}, None),
    ]
    assert [paper["title"] for paper in found["papers"]] == [{"en": "For public"}]
    assert opens(client, found["papers"][0]["files"][0]["url"])
    assert opens(client, found["page"])
    assert (found["programme"], found["outcomes"]) == (None, None)


def test_a_record_leads_to_its_programme_and_its_outcomes_once_they_are_public(client, officer):
    event = EventFactory(slug="forum", status="held", start_day=date.today() - timedelta(days=9))  # noqa: DTZ011
    event.sessions.create(title_en="Opening", day=event.start_day, start_time="09:00", end_time="10:00")
    outcome = OutcomeFactory(event=event)
    release_programme(event, by=officer)
    publish(outcome, by=officer)
    found = read(client, "events/forum/")
    assert client.get(found["programme"]["sessions"]).json()["count"] == 1
    assert opens(client, found["programme"]["page"])
    assert opens(client, found["outcomes"])
    unpublish(outcome, by=officer)
    assert read(client, "events/forum/")["outcomes"] is None


def test_nobody_can_be_written_to_or_joined_from_what_is_said(client):
    EventFactory(slug="forum", contact_email="person@office.example", online_url="https://meet.example/secret")
    for path in ("events/", "events/forum/"):
        text = json.dumps(read(client, path))
        assert "person@office.example" not in text
        assert "meet.example" not in text


def test_a_record_takes_a_fixed_number_of_queries(client, officer, django_assert_num_queries):
    event = EventFactory(slug="forum")
    for number in range(3):
        EventOrganiser.objects.create(event=event, organisation=OrganisationFactory())
        paper = EventPaper.objects.create(event=event, access=PaperAccess.PUBLIC, order=number)
        EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    with django_assert_num_queries(8):
        read(client, "events/forum/")
