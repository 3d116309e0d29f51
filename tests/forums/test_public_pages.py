"""The event list, the event page and the public list of participants."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Event, EventEdition, EventOrganiser, EventPaper, EventPaperFile, EventSeries
from forums.services.listing import list_event
from forums.states import event_tag, next_change, registration_state
from portal.core.models import StoredFile
from portal.core.pagecache.marks import UNTIL
from portal.library.services.catalogue import relate
from tests.factories import (
    CategoryFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.library_factories import DocumentFactory, ThemeFactory

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")


def add_paper(event, access="public", language="en", name="note.pdf") -> EventPaper:
    paper = EventPaper.objects.create(event=event, kind="concept", access=access)
    stored = StoredFile.objects.create(
        name=name,
        content_type="application/pdf",
        size=5,
        sha256="0" * 64,
        purpose="paper",
        file=ContentFile(b"%PDF-", name),
    )
    EventPaperFile.objects.create(paper=paper, language=language, file=stored)
    return paper


def named(event, **fields) -> None:
    RegistrationFactory(
        category=CategoryFactory(event=event), status="confirmed", **{"list_consent": "public", **fields}
    )


def fill(event) -> None:
    """Everything an event page can show."""
    series = EventSeries.objects.create(slug=f"series-of-{event.slug}", name_en="Forum")
    EventEdition.objects.create(event=event, series=series, edition="14")
    EventOrganiser.objects.create(event=event, organisation=OrganisationFactory())
    add_paper(event)
    named(event)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three_events(client, django_assert_num_queries, rows):
    for _ in range(rows):
        EventFactory(country=CountryFactory())
        EventFactory(country=CountryFactory(), status=EventStatus.HELD, start_day=date(2025, 10, 21))
    with django_assert_num_queries(5):
        assert client.get("/en/forums/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_event_page_takes_the_same_queries_for_one_and_three_of_everything(client, django_assert_num_queries, rows):
    event = EventFactory(slug="workshop", country=CountryFactory())
    for _ in range(rows):
        named(event)
        add_paper(event)
        EventOrganiser.objects.create(event=event, organisation=OrganisationFactory())
        series = EventSeries.objects.create(slug=f"series-{EventSeries.objects.count()}", name_en="Forum")
        EventEdition.objects.create(event=event, series=series)
        event.themes.add(ThemeFactory())
        list_event(event)
        relate(event, DocumentFactory(is_public=True))
    client.get("/en/forums/workshop/")  # what kinds of things there are is looked up once a process
    with django_assert_num_queries(7):
        assert client.get("/en/forums/workshop/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_participant_list_takes_the_same_queries_for_one_and_three_people(client, django_assert_num_queries, rows):
    event = EventFactory(slug="workshop")
    for _ in range(rows):
        named(event, country=CountryFactory())
    with django_assert_num_queries(3):
        assert client.get("/en/forums/workshop/participants/").status_code == 200


def test_coming_events_stand_before_past_ones_and_drafts_are_not_there(client):
    EventFactory(title_en="Coming")
    EventFactory(title_en="Held", status=EventStatus.HELD, start_day=date(2025, 10, 21))
    EventFactory(title_en="Secret", status=EventStatus.DRAFT)
    page = client.get("/en/forums/").content.decode()
    assert page.index("Coming up") < page.index(">Coming<") < page.index("Past events") < page.index(">Held</a>")
    assert "Secret" not in page


def test_a_year_shows_its_own_events_alone(client):
    EventFactory(title_en="Of 2024", status=EventStatus.HELD, start_day=date(2024, 10, 29))
    EventFactory(title_en="Of 2025", status=EventStatus.HELD, start_day=date(2025, 10, 21))
    page = client.get("/en/forums/?year=2024").content.decode()
    assert "Of 2024" in page
    assert "Of 2025" not in page


@pytest.mark.parametrize(
    "query", ["?when=past&page=99", "?when=past&page=x", "?when=nonsense", "?year=20x4", "?page=-1"]
)
def test_a_page_that_does_not_exist_leads_to_one_that_does(client, query):
    EventFactory(title_en="The only one", status=EventStatus.HELD, start_day=date(2024, 10, 29))
    response = client.get(f"/en/forums/{query}")
    assert response.status_code == 200
    assert "The only one" in response.content.decode()


def test_a_year_without_events_says_so_and_leads_back(client):
    EventFactory()
    page = client.get("/en/forums/?year=1999").content.decode()
    assert "There is no event here yet." in page
    assert "See all events" in page


def test_many_past_events_are_paged_and_each_link_keeps_the_part(client):
    EventFactory.create_batch(21, status=EventStatus.HELD, start_day=date(2024, 10, 29))
    first = client.get("/en/forums/").content.decode()
    assert "?when=past&amp;page=2" in first
    second = client.get("/en/forums/?when=past&page=2").content.decode()
    assert second.count('class="event"') == 1


def test_a_date_known_only_by_its_year_shows_no_day(client):
    EventFactory(status=EventStatus.HELD, start_day=date(2011, 1, 1), end_day=None, date_precision="year")
    page = client.get("/en/forums/").content.decode()
    assert ">2011</b>" in page
    assert "January" not in page


def test_the_event_page_names_the_zone_of_its_times_and_keeps_the_instant_for_the_reader(client):
    EventFactory(slug="yangon", time_zone="Asia/Yangon", start_day=date(2030, 3, 5), end_day=None, start_time=time(9))
    page = client.get("/en/forums/yangon/").content.decode()
    assert "5 March 2030, 09:00 Yangon time (UTC+6:30)" in page
    assert 'datetime="2030-03-05T09:00:00+06:30" data-zone' in page


def test_the_event_page_is_there_in_both_languages_and_each_leads_to_the_other(client):
    fill(EventFactory(slug="workshop", title_en="Workshop on air", title_zh_hans="空气研讨会"))
    english, chinese = (client.get(f"/{code}/forums/workshop/").content.decode() for code in ("en", "zh-hans"))
    assert "Workshop on air" in english
    assert "空气研讨会" in chinese
    assert 'href="/zh-hans/forums/workshop/"' in english
    assert 'href="/en/forums/workshop/"' in chinese


def test_registration_is_said_in_a_sentence_with_its_instant(client):
    closes = datetime(2035, 6, 1, 18, tzinfo=BEIJING)
    EventFactory(slug="workshop", registration_deadline=closes, start_day=date(2035, 7, 1))
    page = client.get("/en/forums/workshop/").content.decode()
    assert "Registration is open until" in page
    assert "1 June 2035, 18:00 Beijing time (UTC+8)" in page
    assert "use the personal link in your invitation mail" in page
    assert "/register/" not in page


def test_only_an_open_event_offers_the_form(client):
    EventFactory(slug="workshop", is_open=True)
    assert "/en/forums/workshop/register/" in client.get("/en/forums/workshop/").content.decode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (EventStatus.POSTPONED, "This event is postponed."),
        (EventStatus.CANCELLED, "This event is cancelled."),
    ],
)
def test_what_happened_to_an_event_is_said_on_its_page(client, status, words):
    EventFactory(slug="workshop", status=status)
    assert words in client.get("/en/forums/workshop/").content.decode()


def test_a_draft_is_seen_by_an_officer_and_by_nobody_else(client, officer):
    EventFactory(slug="workshop", status=EventStatus.DRAFT)
    assert client.get("/en/forums/workshop/").status_code == 404
    client.force_login(officer)
    assert "Only the organising office sees this page." in client.get("/en/forums/workshop/").content.decode()


def test_a_public_page_sets_no_cookie_and_does_not_vary_by_one(client):
    fill(EventFactory(slug="workshop"))
    for address in ("/en/", "/en/forums/", "/en/forums/workshop/", "/en/forums/workshop/participants/"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_public_papers_open_in_every_language_they_exist_in(client):
    paper = add_paper(EventFactory(slug="workshop"))
    address = f"/en/forums/workshop/papers/{paper.pk}/en/"
    assert address in client.get("/en/forums/workshop/").content.decode()
    response = client.get(address)
    assert b"".join(response) == b"%PDF-"
    assert response["Content-Disposition"].startswith("inline")


def test_papers_for_participants_and_of_drafts_are_not_there(client):
    closed = add_paper(EventFactory(slug="workshop"), access="participants")
    draft = add_paper(EventFactory(slug="draft", status=EventStatus.DRAFT))
    assert "Concept note" not in client.get("/en/forums/workshop/").content.decode()
    assert client.get(f"/en/forums/workshop/papers/{closed.pk}/en/").status_code == 404
    assert client.get(f"/en/forums/draft/papers/{draft.pk}/en/").status_code == 404
    assert client.get(f"/en/forums/workshop/papers/{draft.pk}/en/").status_code == 404


def test_participants_stand_in_protocol_order_and_only_those_who_agreed(client):
    event = EventFactory(slug="workshop")
    china = CountryFactory(code="CN", name_en="China", order_members_then_china=12)
    thailand, cambodia = CountryFactory(), CountryFactory(code="KH", name_en="Cambodia", order_members_then_china=2)
    named(event, full_name="Of the Centre", country=None)
    named(event, full_name="Of China", country=china)
    named(event, full_name="Of Thailand", country=thailand)
    named(event, full_name="Sok Dara", native_name="សុខ ដារ៉ា", country=cambodia)
    named(event, full_name="Shy One", list_consent="participants")
    named(event, full_name="Silent One", list_consent="none")
    RegistrationFactory(category__event=event, full_name="Waiting One", status="waitlisted", list_consent="public")
    page = client.get("/en/forums/workshop/participants/").content.decode()
    order = ["Cambodia", "Sok Dara", "Thailand", "Of Thailand", "Of China", "Of the Centre"]
    places = [page.index(words, page.index("<table")) for words in order]
    assert places == sorted(places)
    assert "សុខ ដារ៉ា" in page
    assert not [name for name in ("Shy One", "Silent One", "Waiting One") if name in page]
    assert "@" not in page[page.index("<table") : page.index("</table>")]


def test_an_empty_participant_list_leads_back_to_the_event(client):
    EventFactory(slug="workshop")
    page = client.get("/en/forums/workshop/participants/").content.decode()
    assert "No participant is named here yet." in page


def test_the_tag_follows_the_clock():
    opens, closes = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    event = EventFactory.build(registration_opens=opens, registration_deadline=closes)
    moments = {
        timezone.now(): ("Announced", "opens"),
        opens + timedelta(hours=1): ("Registration open", "open"),
        closes + timedelta(hours=1): ("Registration closed", "closed"),
        event.starts_at + timedelta(hours=1): ("Taking place now", "closed"),
        event.ends_at + timedelta(hours=1): ("Held", ""),
    }
    said = [(str(event_tag(event, at).label), registration_state(event, at).code) for at in moments]
    assert said == list(moments.values())


def test_an_announced_event_without_any_date_says_nothing_of_registration():
    event = EventFactory.build(start_day=None, end_day=None, registration_deadline=None)
    assert registration_state(event, timezone.now()).code == ""
    assert str(event_tag(event, timezone.now()).label) == "Announced"


def codes(events) -> list[str]:
    return [event.slug for event in events]


def test_what_is_known_by_its_month_or_year_alone_lasts_until_the_end_of_it():
    EventFactory(slug="month", start_day=date(2026, 11, 1), end_day=None, date_precision="month")
    EventFactory(slug="year", start_day=date(2026, 1, 1), end_day=None, date_precision="year")
    EventFactory(slug="two-months", start_day=date(2026, 11, 1), end_day=date(2026, 12, 1), date_precision="month")
    EventFactory(slug="day", start_day=date(2026, 11, 1), end_day=date(2026, 11, 2), status=EventStatus.HELD)
    EventFactory(slug="unknown", start_day=None, end_day=None)
    coming, past = Event.objects.upcoming, Event.objects.past
    assert codes(coming(date(2026, 11, 30))) == ["year", "month", "two-months", "unknown"]
    assert codes(past(date(2026, 11, 30))) == ["day"]
    assert codes(coming(date(2026, 12, 31))) == ["year", "two-months", "unknown"]
    assert codes(past(date(2027, 1, 1))) == ["day", "two-months", "month", "year"]


def test_an_event_is_past_when_the_day_of_the_office_is_over(client, monkeypatch):
    EventFactory(slug="last-day", start_day=date(2030, 3, 5), end_day=None)
    evening = datetime(2030, 3, 5, 23, 59, tzinfo=BEIJING)
    for at, code in ((evening, "upcoming"), (evening + timedelta(minutes=1), "past")):
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        section = client.get("/en/forums/", {"year": at.year}).context["sections"][0]
        assert (section.code, codes(section.page)) == (code, ["last-day"])


def test_a_list_changes_at_the_first_boundary_of_its_events_or_at_midnight():
    at = datetime(2030, 1, 1, 12, tzinfo=BEIJING)
    soon = EventFactory.build(registration_deadline=at + timedelta(hours=1), answer_deadline=None)
    late = EventFactory.build(registration_deadline=at + timedelta(days=9), answer_deadline=None)
    soon.start_day = late.start_day = date(2030, 6, 1)
    assert next_change([late, soon], at) == at + timedelta(hours=1, seconds=1)
    assert next_change([late], at) == datetime(2030, 1, 2, tzinfo=BEIJING)


def test_what_is_there_in_the_other_language_only_says_so(client):
    event = EventFactory(title_en="A & B", title_zh_hans="", theme_zh_hans="共创绿色发展机遇", summary_en="<p>Here</p>")
    for path in ("/en/forums/", event.get_absolute_url()):
        page = client.get(path).content.decode()
        assert '<span lang="zh-Hans">共创绿色发展机遇</span>' in page
        assert "A &amp; B" in page
        assert 'lang="en">A' not in page
    page = client.get(event.get_absolute_url().replace("/en/", "/zh-hans/")).content.decode()
    assert '<h1><span lang="en">A &amp; B</span></h1>' in page
    assert '<div lang="en"><p>Here</p></div>' in page
    assert '<p class="lead">共创绿色发展机遇</p>' in page


def test_the_page_is_kept_until_a_related_thing_becomes_public(client):
    event, soon = EventFactory(slug="one", status="announced"), timezone.now() + timedelta(minutes=5)
    list_event(event)
    relate(event, DocumentFactory(status="published", title_en="Coastal atlas", publish_at=soon))
    response = client.get("/en/forums/one/")
    assert "Coastal atlas" not in response.content.decode()
    assert response.wsgi_request.META[UNTIL] == pytest.approx(soon.timestamp())
