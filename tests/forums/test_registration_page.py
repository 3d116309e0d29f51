"""The page behind a registration link: story, state, cancelling, coming back, papers, participants."""

from datetime import UTC, datetime

import pytest

from forums.enums import EventStatus, ListConsent, RegistrationStatus
from forums.models import Registration
from forums.services import invitations, registrations
from portal.core.audit import history
from portal.core.texts import consents_of
from portal.mail.models import OutboxMessage
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    RegistrationFactory,
    SeatPoolFactory,
)
from tests.forums.links import address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(notice):
    event = EventFactory(title_en="Workshop on Mangroves", title_zh_hans="红树林研讨会", mode="hybrid")
    category = CategoryFactory(event=event)
    SeatPoolFactory(event=event, capacity=1)
    contact = ContactFactory(full_name="Somchai Chaiyasit", email="somchai@ministry.example")
    return invitations.accept(InvitationFactory(category=category, contact=contact))


def fill_in(client, registration, language="en"):
    """All four steps, as a delegate would."""
    steps = {
        "you": {"native_name": "สมชาย ชัยสิทธิ์"},
        "work": {"organisation_name": "Ministry of Environment", "position": "Director"},
        "part": {"mode": "in_person", "diet": "halal"},
        "consent": {"privacy": "on", "list_consent": "participants", "photo_video": "on"},
    }
    for step, answers in steps.items():
        url = address(registration, "step", language, step=step)
        response = client.post(url, typed(client, url, **answers))
        assert response.status_code == 302, (step, response.context and response.context["form"].errors)
    return response


@pytest.mark.parametrize(("language", "confirmed"), [("en", "You have a place"), ("zh-hans", "红树林研讨会")])
def test_a_delegate_registers_from_the_link(client, registration, language, confirmed):
    last = fill_in(client, registration, language)
    assert last.url == address(registration, "", language)
    page = client.get(last.url).content.decode()
    assert "สมชาย ชัยสิทธิ์" in page
    sent = client.post(address(registration, "send", language), follow=True).content.decode()
    assert confirmed in sent
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CONFIRMED
    assert list(OutboxMessage.objects.values_list("kind", flat=True)) == ["forums.confirmed"]


def test_each_consent_names_the_version_of_the_notice_and_who_gave_it(client, registration, notice):
    fill_in(client, registration)
    consents = consents_of(registration)
    assert {purpose: consent.given for purpose, consent in consents.items()} == {
        "privacy": True,
        "photo-video": True,
        "mailing": False,
        "list-participants": True,
        "list-public": False,
    }
    assert {(consent.text_version, consent.given_by) for consent in consents.values()} == {
        (notice, "Somchai Chaiyasit")
    }


def test_an_unfinished_draft_says_what_is_missing_and_where(client, registration):
    page = client.post(address(registration, "send"))
    assert page.status_code == 409
    assert [(answer.label, answer.url) for answer in page.context["missing"]] == [
        ("Organisation", address(registration, "step", step="work") + "#id_organisation_name"),
        ("Position", address(registration, "step", step="work") + "#id_position"),
        ("Consent to the privacy notice", address(registration, "step", step="consent")),
    ]
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.DRAFT


def test_the_second_of_one_seat_waits_and_is_told_so_honestly(client, registration):
    RegistrationFactory(category=registration.category, status=RegistrationStatus.CONFIRMED)
    registrations.seats.recount(registration.event, repair=True)
    fill_in(client, registration)
    page = client.post(address(registration, "send"), follow=True).content.decode()
    assert "You are on the waiting list; we write as soon as a seat is free" in page
    assert "Your place in the line: 1." in page


def test_cancelling_is_confirmed_on_a_page_that_says_what_happens_to_the_seat(client, registration):
    fill_in(client, registration)
    client.post(address(registration, "send"))
    url = address(registration, "cancel")
    assert "The seat is given up at once" in client.get(url).content.decode()
    assert client.post(url, {"reason": "Illness"}).url == address(registration)
    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CANCELLED
    assert "Register again" in client.get(address(registration)).content.decode()


def test_whoever_cancelled_comes_back_with_everything_and_sends_again(client, registration):
    fill_in(client, registration)
    client.post(address(registration, "send"))
    client.post(address(registration, "cancel"))
    client.post(address(registration, "return"))
    client.post(address(registration, "send"))
    registration.refresh_from_db()
    assert (registration.status, registration.position) == (RegistrationStatus.CONFIRMED, "Director")


def test_pressing_a_button_twice_does_the_thing_once(client, registration):
    fill_in(client, registration)
    for part in ("send", "send", "cancel", "cancel", "return", "return"):
        assert client.post(address(registration, part)).status_code == 302
    assert [entry.action for entry in history(registration)][:3] == ["return", "cancel", "confirm"]


def test_after_the_deadline_the_page_says_when_it_closed_and_offers_no_change(client, registration):
    event = registration.event
    type(event).objects.update(registration_deadline=datetime(2026, 3, 1, 4, 0, tzinfo=UTC))
    for part in ("send", "return"):
        Registration.objects.update(status="draft" if part == "send" else "cancelled")
        response = client.post(address(registration, part))
        assert response.status_code == 409
        page = response.content.decode()
        assert "Registration closed on 1 March 2026, 12:00 Beijing time (UTC+8)." in page
        assert event.mailbox in page
    assert client.get(address(registration, "step", step="you")).url == address(registration)


@pytest.mark.parametrize(
    ("status", "said"),
    [(EventStatus.CANCELLED, "This event was cancelled."), (EventStatus.POSTPONED, "This event is postponed.")],
)
def test_a_cancelled_or_postponed_event_says_so(client, registration, status, said):
    type(registration.event).objects.update(status=status)
    page = client.get(address(registration)).content.decode()
    assert said in page
    assert "Send the registration" not in page


def test_the_calendar_file_is_there_for_confirmed_people_only(client, registration):
    assert client.get(address(registration, "calendar")).status_code == 404
    Registration.objects.update(status=RegistrationStatus.CONFIRMED)
    response = client.get(address(registration, "calendar"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"TZID=Asia/Shanghai" in response.content


def test_participants_see_those_who_agreed_in_protocol_order(client, registration):
    china = CountryFactory(code="CN", name_en="China", order_members_then_china=12)
    common = {"category": registration.category, "status": RegistrationStatus.CONFIRMED}
    RegistrationFactory(full_name="Li Na", country=china, list_consent=ListConsent.PUBLIC, **common)
    RegistrationFactory(full_name="Somsri", country=CountryFactory(), list_consent=ListConsent.PARTICIPANTS, **common)
    RegistrationFactory(full_name="Silent", country=china, list_consent=ListConsent.NONE, **common)
    assert client.get(address(registration, "participants")).url == address(registration)
    Registration.objects.filter(pk=registration.pk).update(status=RegistrationStatus.CONFIRMED)
    page = client.get(address(registration, "participants"))
    assert [str(person) for person in page.context["page"]] == ["Somsri", "Li Na"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_participants_asks_the_database_a_fixed_number_of_times(
    client, registration, django_assert_num_queries, rows
):
    Registration.objects.update(status=RegistrationStatus.CONFIRMED)
    for _ in range(rows):
        RegistrationFactory(
            category=registration.category,
            status=RegistrationStatus.CONFIRMED,
            country=CountryFactory(),
            list_consent=ListConsent.PUBLIC,
        )
    with django_assert_num_queries(3):
        client.get(address(registration, "participants"))


def test_the_summary_asks_the_database_a_fixed_number_of_times(client, registration, django_assert_num_queries):
    fill_in(client, registration)
    with django_assert_num_queries(3):
        client.get(address(registration))
    client.post(address(registration, "send"))
    with django_assert_num_queries(3):
        client.get(address(registration))


@pytest.mark.parametrize(
    "name",
    [
        "Suharto",
        "N" * 120,
        "Nguyễn Thị Ánh Tuyết",
        "José Ramos-Horta",
        "李娜",
        "សុខ សុភា",
        "ဒေါ်အောင်ဆန်း",
        "Dato’ O'Brien & <b>Sons</b>",
    ],
)
def test_names_are_stored_and_shown_unharmed(client, registration, name):
    url = address(registration, "step", step="you")
    client.post(url, typed(client, url, full_name=name, native_name=name, badge_name=name))
    registration.refresh_from_db()
    assert (registration.full_name, registration.native_name, registration.badge_name) == (name, name, name)
    page = client.get(address(registration))
    shown = dict(page.context["steps"][0].facts)
    assert (shown["Full name"], shown["Name in your own script"]) == (name, name)
    assert "<b>Sons</b>" not in page.content.decode()
