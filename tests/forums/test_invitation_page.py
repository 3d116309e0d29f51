"""The page behind an invitation: read, accept, decline, locked to the person, papers."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from forums.enums import EventStatus, InvitationStatus, PaperAccess, RegistrationStatus
from forums.models import EventPaper, EventPaperFile, Registration
from forums.services import invitations
from forums.services.invitations import withdraw
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, ContactFactory, EventFactory, InvitationFactory, StoredFileFactory
from tests.forums.links import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    category = CategoryFactory(
        event=EventFactory(
            title_en="Workshop on Mangroves",
            title_zh_hans="红树林研讨会",
            place_en="Nanning",
            place_zh_hans="南宁",
            answer_deadline=datetime(2099, 1, 31, 9, 30, tzinfo=UTC),
            contact_email="mangroves@office.example",
        )
    )
    contact = ContactFactory(full_name="Somchai Chaiyasit", title="Dr", email="somchai@ministry.example")
    return InvitationFactory(category=category, contact=contact)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Workshop on Mangroves",
                "Dr Somchai Chaiyasit",
                "Nanning",
                "31 January 2099",
                "17:30 Beijing time (UTC+8)",
            ],
        ),
        ("zh-hans", ["红树林研讨会", "Dr Somchai Chaiyasit", "南宁", "2099年1月31日", "17:30 北京时间（UTC+8）"]),
    ],
)
def test_it_says_who_is_invited_to_what_and_until_when_to_answer(client, invitation, language, said):
    page = client.get(address(invitation, "", language)).content.decode()
    assert [part for part in said if part not in page] == []
    assert f'action="{address(invitation, "accept", language)}"' in page


def test_accepting_opens_a_draft_with_what_the_office_knows(client, invitation):
    response = client.post(address(invitation, "accept"))
    registration = Registration.objects.get()
    assert response.url == address(registration)
    assert (registration.status, registration.full_name) == (RegistrationStatus.DRAFT, "Somchai Chaiyasit")
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.ACCEPTED


def test_accepting_twice_opens_the_same_registration(client, invitation):
    first = client.post(address(invitation, "accept")).url
    assert client.post(address(invitation, "accept")).url == first
    assert Registration.objects.count() == 1


def test_declining_is_confirmed_on_a_page_of_its_own_with_an_optional_reason(client, invitation):
    url = address(invitation, "decline")
    assert "will not take part" in client.get(url).content.decode()
    response = client.post(url, {"reason": "On mission; my deputy could come."})
    assert response.url == address(invitation)
    invitation.refresh_from_db()
    assert (invitation.status, invitation.decline_reason) == (
        InvitationStatus.DECLINED,
        "On mission; my deputy could come.",
    )
    assert "You can still change your mind" in client.get(address(invitation)).content.decode()


def test_whoever_declined_can_accept_after_all_and_the_other_way_round(client, invitation):
    client.post(address(invitation, "decline"))
    client.post(address(invitation, "accept"))
    client.post(address(invitation, "decline"))
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.DECLINED
    assert Registration.objects.get().status == RegistrationStatus.CANCELLED


def test_after_the_deadline_the_page_says_when_it_ended_and_nothing_is_changed(client, invitation):
    invitation.event.answer_deadline = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
    invitation.event.save(update_fields=["answer_deadline"])
    response = client.post(address(invitation, "accept"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "The time to answer ended on 1 March 2026, 12:00 Beijing time (UTC+8)." in page
    assert "mangroves@office.example" in page
    assert client.post(address(invitation, "decline")).status_code == 409
    invitation.refresh_from_db()
    assert (invitation.status, Registration.objects.count()) == (InvitationStatus.PENDING, 0)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (EventStatus.CANCELLED, "This event was cancelled."),
        (EventStatus.POSTPONED, "This event is postponed."),
        (EventStatus.HELD, "This event is over."),
    ],
)
def test_an_event_that_does_not_take_place_as_planned_says_so(client, invitation, status, said):
    type(invitation.event).objects.update(status=status)
    page = client.get(address(invitation)).content.decode()
    assert said in page
    assert "Accept and register" not in page


def test_the_calendar_link_appears_once_the_seat_is_confirmed(client, invitation):
    registration = invitations.accept(invitation)
    assert ".ics" not in client.get(address(invitation)).content.decode()
    Registration.objects.filter(pk=registration.pk).update(status=RegistrationStatus.CONFIRMED)
    assert address(registration, "calendar") in client.get(address(invitation)).content.decode()


@pytest.fixture
def paper(invitation):
    paper = EventPaper.objects.create(event=invitation.event, title_en="Concept note", access=PaperAccess.PARTICIPANTS)
    EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
    return paper


def test_invited_people_open_the_papers_of_their_event(client, invitation, paper):
    url = address(invitation, "paper", paper=paper.pk, language="en")
    assert url in client.get(address(invitation)).content.decode()
    response = client.get(url)
    assert b"".join(response) == b"%PDF-1.4 a paper"
    assert response["Referrer-Policy"] == "no-referrer"


def test_papers_for_participants_are_closed_to_those_who_declined_and_to_other_events(client, invitation, paper):
    other = InvitationFactory()
    assert client.get(address(other, "paper", paper=paper.pk, language="en")).status_code == 404
    client.post(address(invitation, "decline"))
    assert client.get(address(invitation, "paper", paper=paper.pk, language="en")).status_code == 404
    assert "Concept note" not in client.get(address(invitation)).content.decode()


def test_the_page_asks_the_database_the_same_number_of_times_with_more_papers(
    client, invitation, django_assert_num_queries
):
    for count in (1, 3):
        while EventPaper.objects.count() < count:
            paper = EventPaper.objects.create(event=invitation.event, title_en="Paper")
            EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory())
        with django_assert_num_queries(4):
            client.get(address(invitation))


@pytest.fixture
def locked(invitation):
    invitation.is_locked = True
    invitation.save(update_fields=["is_locked"])
    return invitation


def test_a_locked_invitation_shows_nothing_to_a_new_browser_and_sends_no_code_by_itself(client, locked):
    page = client.get(address(locked)).content.decode()
    assert "s•••@m….example" in page
    assert "somchai" not in page.lower()
    assert client.post(address(locked, "accept")).status_code == 200
    locked.refresh_from_db()
    assert (locked.status, OutboxMessage.objects.count()) == (InvitationStatus.PENDING, 0)


def test_the_code_opens_a_locked_invitation_in_this_browser_only(client, locked):
    client.post(address(locked, "unlock"), {"back": address(locked)})
    message = OutboxMessage.objects.get()
    assert message.to_email == "somchai@ministry.example"
    wrong = client.post(address(locked, "unlock"), {"back": address(locked), "code": "0000-0000"})
    assert wrong.status_code == 422
    assert "This code is not right" in wrong.content.decode()
    right = client.post(address(locked, "unlock"), {"back": address(locked), "code": message.secret})
    assert right.url == address(locked)
    assert "Dr Somchai Chaiyasit" in client.get(address(locked)).content.decode()
    assert "Dr Somchai Chaiyasit" not in Client().get(address(locked)).content.decode()


def test_the_registration_of_a_locked_invitation_is_locked_too(client, locked):
    registration = invitations.accept(locked)
    page = client.get(address(registration)).content.decode()
    assert "s•••@m….example" in page
    assert "Somchai" not in page


def test_the_code_page_never_leads_to_another_site(client, locked):
    client.post(address(locked, "unlock"), {"back": "https://evil.example/"})
    code = OutboxMessage.objects.get().secret
    response = client.post(address(locked, "unlock"), {"back": "https://evil.example/", "code": code})
    assert response.url == address(locked)


def test_a_withdrawn_invitation_shows_the_plain_page(client, officer, invitation):
    url = address(invitation)
    withdraw(invitation, by=officer)
    response = client.get(url)
    assert response.status_code == 410
    assert "Mangroves" not in response.content.decode()


def test_a_locked_invitation_without_an_address_says_whom_to_ask(client, locked):
    type(locked.contact).objects.update(email="")
    page = client.get(address(locked)).content.decode()
    assert "We have no address to which we could send a code." in page
    assert client.post(address(locked, "unlock"), {"back": ""}).url == address(locked)
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize(("answer", "status"), [("accept", "accepted"), ("decline", "declined")])
def test_an_expired_invitation_is_answered_once_the_deadline_was_moved(client, invitation, answer, status):
    type(invitation).objects.update(status=InvitationStatus.EXPIRED)
    client.post(address(invitation, answer))
    invitation.refresh_from_db()
    assert invitation.status == status


@pytest.mark.parametrize("word", ["nonsense", "forums", "javascript:alert(1)", "//evil.example/", "/\\evil.example/"])
def test_after_a_code_no_word_leads_to_another_site_or_to_an_error(client, locked, word):
    client.post(address(locked, "unlock"), {"back": word})
    code = OutboxMessage.objects.latest("pk").secret
    response = client.post(address(locked, "unlock"), {"back": word, "code": code})
    assert response.status_code == 302
    assert response.url in {address(locked), word if word.isalpha() else address(locked)}
