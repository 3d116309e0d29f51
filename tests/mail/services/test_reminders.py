from datetime import timedelta

import pytest

from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage, ReminderRule
from portal.mail.services.delivery import deliver_due
from portal.mail.services.reminders import GRACE, scan_reminders
from tests.factories import ContactFactory
from tests.mail.conftest import WEDNESDAY

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def rule(world) -> ReminderRule:
    """A week before the day, to everybody; two people."""
    world.people = [ContactFactory(), ContactFactory(language="zh-hans")]
    world.instant = WEDNESDAY + WEEK
    values = {"scope": "fair:1", "audience": "all", "anchor": "day", "offset_hours": -7 * 24, "kind": "test.letter"}
    return ReminderRule.objects.create(**values)


def test_everybody_is_reminded_once_in_their_language(rule, world, sink):
    assert scan_reminders(WEDNESDAY) == 2
    assert scan_reminders(WEDNESDAY + timedelta(minutes=10)) == 0
    assert deliver_due(WEDNESDAY) == 2
    assert sorted(mail["Subject"][:3] for mail in sink.messages) == ["For", "致Pe"]


def test_nobody_is_reminded_before_the_time_or_long_after(rule):
    assert scan_reminders(WEDNESDAY - timedelta(seconds=1)) == 0
    assert scan_reminders(WEDNESDAY + GRACE) == 0
    assert scan_reminders(WEDNESDAY + GRACE - timedelta(seconds=1)) == 2


def test_a_moved_moment_reminds_again(rule, world):
    scan_reminders(WEDNESDAY)
    world.instant += WEEK
    assert scan_reminders(WEDNESDAY) == 0
    assert scan_reminders(WEDNESDAY + WEEK) == 2


def test_the_same_moment_in_another_zone_is_the_same_moment(rule, world):
    scan_reminders(WEDNESDAY)
    world.instant = world.instant.astimezone(tz=None)
    assert scan_reminders(WEDNESDAY) == 0


def test_who_joins_the_audience_later_is_reminded_and_nobody_else(rule, world):
    scan_reminders(WEDNESDAY)
    world.people.append(ContactFactory())
    assert scan_reminders(WEDNESDAY + timedelta(hours=1)) == 1


def test_a_scope_that_is_not_live_is_silent(rule, world):
    world.is_live = False
    assert scan_reminders(WEDNESDAY) == 0


def test_a_reminder_that_waits_is_dropped_when_the_scope_dies(rule, world, sink):
    scan_reminders(WEDNESDAY)
    world.is_live = False
    assert deliver_due(WEDNESDAY) == 0
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {MailState.CANCELLED}


def test_an_inactive_rule_and_an_unknown_moment_are_silent(rule, world):
    world.instant = None
    assert scan_reminders(WEDNESDAY) == 0
    world.instant = WEDNESDAY + WEEK
    rule.is_active = False
    rule.save()
    assert scan_reminders(WEDNESDAY) == 0


@pytest.mark.parametrize("field", ["audience", "anchor", "kind"])
def test_a_rule_that_names_something_unknown_does_not_stop_the_others(rule, field):
    values = {"scope": "fair:1", "audience": "all", "anchor": "day", "offset_hours": -168, "kind": "test.letter"}
    ReminderRule.objects.create(**{**values, "scope": "fair:0", field: "gone"})
    assert scan_reminders(WEDNESDAY) == 2


def test_a_scan_that_finds_everything_written_asks_the_same_however_many_people(rule, world, django_assert_num_queries):
    scan_reminders(WEDNESDAY)
    with django_assert_num_queries(2):
        scan_reminders(WEDNESDAY)
    world.people += [ContactFactory() for _ in range(4)]
    scan_reminders(WEDNESDAY)
    with django_assert_num_queries(2):
        scan_reminders(WEDNESDAY)


def test_reminders_keep_working_hours(rule, sink):
    evening = WEDNESDAY + timedelta(hours=12)
    assert scan_reminders(evening) == 2
    assert deliver_due(evening) == 0
    assert deliver_due(evening + timedelta(hours=10)) == 2
