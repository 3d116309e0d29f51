"""The first page of the administration: what needs this officer today."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Event
from portal.core.models import Job
from portal.core.models.jobs import JobState
from portal.mail.enums import HoldReason, MailState
from portal.mail.models import OutboxMessage
from portal.pages.dashboard import dashboard
from tests.factories import CategoryFactory, EventFactory, InvitationFactory, RegistrationFactory, SeatPoolFactory

QUERIES = 14


def shown(user) -> dict[str, list[tuple[str, str]]]:
    """Titles of cards with their lines, as this user sees them."""
    request = RequestFactory().get("/admin/")
    request.user = user
    cards = dashboard(request, {})["cards"]
    return {str(card.title): [(task.label, task.detail) for task in card.tasks] for card in cards}


def make_busy_event(number: int = 1) -> Event:
    event = EventFactory(
        title_en=f"Workshop {number}",
        start_day=timezone.now().date() + timedelta(days=10),
        answer_deadline=timezone.now() + timedelta(days=3),
    )
    category = CategoryFactory(event=event, auto_promote=False)
    SeatPoolFactory(event=event, capacity=5)
    RegistrationFactory(category=category, event=event, status="pending")
    RegistrationFactory(category=category, event=event, status="waitlisted", queued_at=timezone.now())
    InvitationFactory(category=category, event=event, sent_at=timezone.now())
    return event


def message(number: int, state: str, reason: str = "") -> OutboxMessage:
    return OutboxMessage.objects.create(
        kind="forums.invitation", dedupe_key=f"{state}{reason}{number}", language="en", state=state, hold_reason=reason
    )


def test_nothing_to_do_is_said_plainly(client, officer):
    client.force_login(officer)
    assert "Nothing needs you today." in client.get(reverse("admin:index")).content.decode()


def test_what_comes_and_drafts_ask_for_nothing(client, officer):
    EventFactory(start_day=timezone.now().date() + timedelta(days=10), title_en="Soon")
    EventFactory(status=EventStatus.DRAFT, title_en="In preparation")
    client.force_login(officer)
    page = client.get(reverse("admin:index")).content.decode()
    for words in ("Nothing needs you today.", "Soon", "In preparation"):
        assert words in page


def test_an_officer_sees_decisions_seats_answers_and_mail(officer):
    make_busy_event()
    message(1, MailState.HELD, HoldReason.CALL)
    message(1, MailState.HELD, HoldReason.RELEASE)
    message(1, MailState.FAILED)
    message(2, MailState.FAILED)
    message(1, MailState.BOUNCED)
    message(1, MailState.SENT)
    Job.objects.create(kind="x", title="Invitations to all", state=JobState.FAILED, created_by=officer)
    found = shown(officer)
    assert found["Registrations to approve"] == [("Workshop 1", "1 person")]
    assert found["Free seats, and people who wait"] == [("Workshop 1", "1 person")]
    assert found["Not answered, and the deadline is near"][0][0] == "Workshop 1"
    assert found["Not answered, and the deadline is near"][0][1].startswith("1 person, until ")
    assert found["Mail"] == [
        ("Call list: no automatic mail", "1 message"),
        ("Waits for your release", "1 message"),
        ("Could not be sent", "2 messages"),
        ("Came back", "1 message"),
    ]
    assert found["Jobs"] == [("Invitations to all", "Stopped by an error")]
    assert found["The next 30 days"][0][1].endswith("confirmed: 0 / 5")


def test_who_waits_for_a_full_event_is_no_task(officer):
    event = make_busy_event()
    event.pools.update(capacity=0)
    assert "Free seats, and people who wait" not in shown(officer)


def test_every_line_leads_somewhere(client, manager):
    make_busy_event()
    message(1, MailState.HELD, HoldReason.CALL)
    request = RequestFactory().get("/admin/")
    request.user = manager
    client.force_login(manager)
    for card in dashboard(request, {})["cards"]:
        for task in card.tasks:
            assert client.get(task.url).status_code == 200, task.url


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("desk", ["The next 30 days"]),
        ("logistics", ["Not answered, and the deadline is near", "The next 30 days"]),
        ("editor", ["The next 30 days"]),
        ("reader", ["Not answered, and the deadline is near", "The next 30 days"]),
    ],
)
def test_nobody_is_shown_what_the_role_does_not_handle(role, titles, request):
    user = request.getfixturevalue(role)
    make_busy_event()
    EventFactory(status=EventStatus.DRAFT)
    message(1, MailState.HELD, HoldReason.CALL)
    assert list(shown(user)) == titles


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(officer, count, django_assert_num_queries):
    for number in range(count):
        make_busy_event(number)
        message(number, MailState.HELD, HoldReason.CALL)
        EventFactory(status=EventStatus.DRAFT)
    with django_assert_num_queries(QUERIES):
        shown(officer)
