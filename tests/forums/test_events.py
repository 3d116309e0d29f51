"""Events: status, moving, copying, and what people are told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forums.audiences import event_of
from forums.enums import EventStatus as E
from forums.enums import RegistrationStatus as R
from forums.models import Event, SeatPool
from forums.services import events, invitations, registrations
from forums.services.errors import Refused
from forums.services.furnishing import REMINDERS, furnish_event
from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage, ReminderRule
from portal.mail.services.reminders import scan_reminders
from tests.factories import CategoryFactory, ContactFactory, CountryFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return CategoryFactory()


@pytest.fixture
def confirmed(category, officer):
    registration = RegistrationFactory(category=category, country=CountryFactory())
    registrations.submit(registration, by=officer)
    return registration


@pytest.fixture
def pending(category, officer):
    return invitations.invite(category.event, ContactFactory(), category, by=officer)


def waiting_kinds() -> list[str]:
    return sorted(OutboxMessage.objects.exclude(state=MailState.CANCELLED).values_list("kind", flat=True))


def test_registration_opens_and_closes_by_the_clock():
    event = EventFactory(
        registration_opens=datetime(2027, 1, 1, tzinfo=UTC), registration_deadline=datetime(2027, 1, 10, tzinfo=UTC)
    )
    moments = [datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 1, 11, tzinfo=UTC)]
    assert [event.takes_registrations(at) for at in moments] == [False, True, False]
    event.status = E.POSTPONED
    assert not event.takes_registrations(moments[1])


def test_days_and_times_are_those_of_the_place():
    event = EventFactory(
        start_day=date(2027, 3, 9), end_day=date(2027, 3, 9), start_time=time(9), time_zone="Asia/Yangon"
    )
    assert event.starts_at.astimezone(UTC) == datetime(2027, 3, 9, 2, 30, tzinfo=UTC)


def test_cancelling_drops_waiting_mail_and_tells_each_person_once(category, confirmed, pending, officer):
    assert waiting_kinds() == ["forums.confirmed", "forums.invitation"]
    events.change_status(category.event, "cancel", by=officer)
    assert waiting_kinds() == ["forums.event_cancelled", "forums.invitees_cancelled"]
    message = OutboxMessage.objects.get(kind="forums.event_cancelled")
    assert message.params["calendar"] == "cancel"


def test_postponing_tells_and_announcing_again_opens_registration(category, confirmed, pending, officer):
    event = category.event
    events.change_status(event, "postpone", by=officer)
    assert waiting_kinds() == ["forums.event_postponed", "forums.invitees_postponed"]
    assert not event.takes_registrations()
    events.change_status(event, "announce", by=officer)
    assert event.takes_registrations()


def test_only_who_may_manage_events_changes_their_status(category, reader):
    with pytest.raises(PermissionDenied):
        events.change_status(category.event, "cancel", by=reader)


def test_moving_by_a_week_moves_deadlines_and_renews_calendars(category, confirmed, pending, officer):
    event = Event.objects.get(pk=category.event.pk)
    before = event.start_day, event.end_day, event.answer_deadline, event.registration_deadline
    week = timedelta(days=7)
    events.move_event(event, start_day=event.start_day + week, by=officer)
    event.refresh_from_db()
    after = event.start_day, event.end_day, event.answer_deadline, event.registration_deadline
    assert after == tuple(moment + week for moment in before)
    assert waiting_kinds() == [
        "forums.confirmed",
        "forums.event_changed",
        "forums.invitation",
        "forums.invitees_changed",
    ]
    assert OutboxMessage.objects.get(kind="forums.event_changed").params["sequence"] == 2


def test_reminders_follow_the_moved_event_and_a_second_run_sends_nothing(category, confirmed, pending, officer):
    event = category.event
    furnish_event(event)
    due = event.answer_deadline - timedelta(days=2)
    assert scan_reminders(due) == 1
    assert scan_reminders(due) == 0
    assert OutboxMessage.objects.get(kind="forums.reminder_answer").contact == pending.contact
    events.move_event(event, start_day=event.start_day + timedelta(days=7), by=officer)
    assert scan_reminders(due) == 0
    assert scan_reminders(due + timedelta(days=7)) == 1


def test_reminders_reach_drafts_and_the_confirmed(category, confirmed, officer):
    furnish_event(category.event)
    RegistrationFactory(category=category)
    assert scan_reminders(category.event.registration_deadline - timedelta(days=3)) == 1
    assert OutboxMessage.objects.filter(kind="forums.reminder_draft").count() == 1
    assert scan_reminders(category.event.starts_at - timedelta(days=3)) == 1
    reminder = OutboxMessage.objects.get(kind="forums.reminder_event")
    assert reminder.to_email == confirmed.email


def test_a_cancelled_event_reminds_nobody(category, pending, officer):
    furnish_event(category.event)
    events.change_status(category.event, "cancel", by=officer)
    assert scan_reminders(category.event.answer_deadline - timedelta(days=2)) == 0


def test_an_event_without_a_day_cannot_be_moved(officer):
    event = EventFactory(start_day=None, end_day=None)
    with pytest.raises(Refused, match="enter its day first"):
        events.move_event(event, start_day=date(2027, 1, 1), by=officer)


def test_a_copy_has_categories_seats_and_rules_but_no_people(category, confirmed, officer):
    event = category.event
    furnish_event(event)
    SeatPool.objects.create(event=event, category=category, capacity=20)
    copy = events.copy_event(event, slug="next-year", start_day=event.start_day + timedelta(days=364), by=officer)
    assert (copy.status, copy.registrations.count(), copy.invitations.count()) == (E.DRAFT, 0, 0)
    assert copy.title_zh_hans == event.title_zh_hans
    assert copy.answer_deadline - event.answer_deadline == timedelta(days=364)
    assert list(copy.categories.values_list("code", "name_zh_hans")) == [(category.code, "代表")]
    assert set(copy.pools.values_list("category__code", "capacity", "taken")) == {
        (None, None, 0),
        (category.code, 20, 0),
    }
    assert ReminderRule.objects.filter(scope=copy.scope).count() == len(REMINDERS)
    assert event_of(copy.scope) == copy


def test_furnishing_an_event_twice_adds_nothing(category):
    event = EventFactory()
    for _ in range(2):
        furnish_event(event)
    assert (event.categories.count(), event.pools.count()) == (1, 1)
    assert ReminderRule.objects.filter(scope=event.scope).count() == len(REMINDERS)


def test_the_page_reads_differently_at_the_next_deadline():
    now = timezone.now()
    event = EventFactory(registration_opens=now - timedelta(days=1))
    assert event.next_change(now) == event.answer_deadline + timedelta(seconds=1)
    assert event.next_change(event.ends_at + timedelta(days=1)) is None


def test_statuses_of_a_finished_event(category, officer):
    event = category.event
    for name, status in (("hold", E.HELD), ("publish_results", E.RESULTS), ("archive", E.ARCHIVED)):
        events.change_status(event, name, by=officer)
        assert event.status == status
    assert R.CONFIRMED not in event.registrations.values_list("status", flat=True)
