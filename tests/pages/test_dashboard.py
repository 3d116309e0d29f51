"""The first page of the administration: what needs this officer today."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Event
from portal.core.facts import record_fact
from portal.core.models import Job
from portal.core.models.jobs import JobState
from portal.library.enums import PublishingStatus
from portal.library.models import RecordReport
from portal.mail.enums import HoldReason, MailState
from portal.mail.models import OutboxMessage
from portal.pages.dashboard import dashboard
from tests.factories import CategoryFactory, EventFactory, InvitationFactory, RegistrationFactory, SeatPoolFactory
from tests.library_factories import DocumentFactory, MandateFactory, item_for

QUERIES = 17


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


def wait_in_library(number: int = 1) -> None:
    """One of everything that waits for an editor's word."""
    mandate = MandateFactory(slug=f"waits-{number}", status=PublishingStatus.IN_REVIEW)
    DocumentFactory(status=PublishingStatus.IN_REVIEW)
    record_fact(mandate, "period_from", 2021, grade="press", source="A page.", is_shown=True)
    RecordReport.objects.create(item=item_for(mandate), message="The year is wrong.")


@pytest.mark.parametrize("role", ["editor", "officer", "manager"])
def test_what_waits_in_the_library_is_counted_and_led_to(role, request, client):
    user = request.getfixturevalue(role)
    wait_in_library()
    wait_in_library(2)
    MandateFactory()
    assert shown(user)["Library"] == [
        ("In review: documents", "2"),
        ("In review: mandates", "2"),
        ("Reported errors", "2"),
        ("Facts to confirm", "2"),
    ]
    client.force_login(user)
    page = client.get(reverse("admin:index")).content.decode()
    assert client.get(reverse("admin:library_mandate_changelist"), {"status__exact": "in_review"}).status_code == 200
    assert f"{reverse('admin:library_mandate_changelist')}?status__exact=in_review" in page


@pytest.mark.parametrize("role", ["reader", "logistics", "desk"])
def test_who_decides_nothing_in_the_library_is_not_bothered_with_it(role, request):
    user = request.getfixturevalue(role)
    wait_in_library()
    assert "Library" not in shown(user)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(officer, count, django_assert_num_queries):
    for number in range(count):
        make_busy_event(number)
        message(number, MailState.HELD, HoldReason.CALL)
        EventFactory(status=EventStatus.DRAFT)
        wait_in_library(number)
    with django_assert_num_queries(QUERIES):
        shown(officer)
