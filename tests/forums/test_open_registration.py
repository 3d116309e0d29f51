"""Registration without an invitation: one answer for everybody, a link by mail, limits."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from forums.enums import EventStatus
from forums.models import Registration
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def event():
    event = EventFactory(is_open=True, title_en="Open Forum", title_zh_hans="开放论坛")
    CategoryFactory(event=event, code="observer", name_en="Observer", name_zh_hans="观察员", is_open=True)
    return event


def url_of(event, language="en"):
    with override(language):
        return reverse("forums:register", args=[event.slug])


def ask(client, event, language="en", **changes):
    data = {
        "full_name": "Li Na",
        "email": "li.na@institute.example",
        "category": event.categories.get(code="observer").pk,
        "language": language,
    }
    return client.post(url_of(event, language), data | changes, headers={"x-forwarded-for": ""})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_whoever_asks_gets_a_draft_and_its_link_by_mail(client, event, language):
    page = ask(client, event, language)
    assert page.status_code == 200
    assert "li.na@institute.example" in page.content.decode()
    registration = Registration.objects.get()
    message = OutboxMessage.objects.get()
    assert (registration.status, registration.language) == ("draft", language)
    assert (message.kind, message.language) == ("forums.registration_link", language)


def test_nobody_can_tell_whether_an_address_is_known(client, event):
    RegistrationFactory(category=event.categories.get(), full_name="Li Na", email="LI.NA@institute.example")
    known = ask(client, event).content.decode()
    unknown = ask(client, event, email="an.other@institute.example").content.decode()
    assert known == unknown.replace("an.other@institute.example", "li.na@institute.example")
    assert Registration.objects.count() == 2


def test_a_mailbox_gets_three_links_an_hour_and_the_answer_stays_the_same(client, event):
    pages = {ask(client, event, full_name=f"Person {n}").content.decode() for n in range(5)}
    assert len(pages) == 1
    assert OutboxMessage.objects.count() == 3


def test_a_flood_from_one_network_is_stopped_politely_with_everything_typed(client, event):
    for n in range(30):
        ask(client, event, email=f"person{n}@institute.example")
    response = ask(client, event, email="late@institute.example")
    assert response.status_code == 429
    assert 'value="late@institute.example"' in response.content.decode()
    assert Registration.objects.count() == 30


def test_a_program_that_fills_in_everything_registers_nobody(client, event):
    response = ask(client, event, website="https://spam.example")
    assert response.status_code == 200
    assert Registration.objects.count() == 0


def test_a_wrong_address_is_shown_beside_its_field(client, event):
    response = ask(client, event, email="li.na@")
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="li.na@"' in page
    assert 'href="#id_email"' in page


def test_several_categories_are_offered_and_closed_ones_are_not(client, event):
    CategoryFactory(event=event, code="media", name_en="Media", is_open=True)
    closed = CategoryFactory(event=event, code="delegate", name_en="Delegate")
    page = client.get(url_of(event)).content.decode()
    assert ("Observer" in page, "Media" in page, "Delegate" in page) == (True, True, False)
    assert ask(client, event, category=closed.pk).status_code == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_open": False}, "By invitation only"),
        ({"registration_deadline": datetime(2026, 3, 1, 4, tzinfo=UTC)}, "1 March 2026, 12:00 Beijing time (UTC+8)"),
        ({"registration_opens": datetime(2099, 3, 1, 4, tzinfo=UTC)}, "Registration opens on 1 March 2099, 12:00"),
        ({"status": EventStatus.CANCELLED}, "This event was cancelled."),
        ({"status": EventStatus.POSTPONED}, "This event is postponed."),
    ],
)
def test_a_page_says_why_nobody_can_register(client, event, fields, said):
    type(event).objects.update(**fields)
    assert said in client.get(url_of(event)).content.decode()
    assert ask(client, event).status_code == 409
    assert Registration.objects.count() == 0


def test_an_event_that_is_not_public_does_not_exist(client, event):
    type(event).objects.update(status=EventStatus.DRAFT)
    assert client.get(url_of(event)).status_code == 404


def test_looking_at_the_form_creates_nothing(client, event, django_assert_num_queries):
    client.get(url_of(event))
    with django_assert_num_queries(2):
        client.get(url_of(event))
    assert (Registration.objects.count(), OutboxMessage.objects.count()) == (0, 0)
