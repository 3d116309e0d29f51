"""Transitions: every step of every table goes, every other step is refused, and of two who hurry one wins."""

import pytest
from django.core.exceptions import PermissionDenied

from forums.enums import EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation
from forums.workflow import EVENT, INVITATION, REGISTRATION
from portal.core.audit import history
from portal.core.jobs import JOB
from portal.core.models import Job
from portal.core.models.jobs import JobState
from portal.core.workflow import Conflict, Transition, TransitionRefused, Workflow
from tests.factories import EventFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
TABLES = [
    (EVENT, EventStatus, EventFactory),
    (INVITATION, InvitationStatus, InvitationFactory),
    (REGISTRATION, RegistrationStatus, RegistrationFactory),
    (JOB, JobState, lambda **fields: Job.objects.create(kind="test", title="Test", **fields)),
]
STEPS = [
    pytest.param(table, make, source, step, id=f"{make.__name__}-{source}-{step.name}")
    for table, statuses, make in TABLES
    for source in statuses
    for step in table.transitions
]


def nothing(obj, *, by, at):
    """An effect that has none."""


def without_effects(table: Workflow) -> Workflow:
    """The same table; what its effects do is tested where they are written."""
    quiet = {name: nothing for step in table.transitions for name in step.effects}
    return Workflow(table.field, table.transitions, quiet)


@pytest.mark.parametrize(("table", "make", "source", "step"), STEPS)
def test_every_step_of_a_table_goes_and_every_other_is_refused(table, make, source, step):
    obj = make(status=source) if table.field == "status" else make(state=source)
    if source in step.sources:
        without_effects(table).apply(obj, step.name, by="test")
        expected, entries = step.target, [step.name]
    else:
        with pytest.raises(TransitionRefused):
            without_effects(table).apply(obj, step.name, by="test")
        expected, entries = source, []
    assert getattr(obj, table.field) == expected
    obj.refresh_from_db()
    assert getattr(obj, table.field) == expected
    assert [entry.action for entry in history(obj)] == entries


@pytest.mark.parametrize(("table", "statuses"), [(table, statuses) for table, statuses, _make in TABLES])
def test_a_table_names_only_statuses_that_exist_and_effects_that_are_bound(table, statuses):
    assert {status for pair in table.pairs() for status in pair} <= set(statuses.values)
    assert {name for step in table.transitions for name in step.effects} == set(table.effects)
    for status in statuses.values:
        assert {step.target for step in table.available(status)} == {
            target for source, target in table.pairs() if source == status
        }


def test_the_statuses_that_no_pair_joins_cannot_be_reached():
    pairs = set(INVITATION.pairs())
    assert ("withdrawn", "accepted") not in pairs
    assert ("pending", "accepted") in pairs


def test_of_two_who_change_a_status_the_second_is_told():
    first, table = InvitationFactory(), without_effects(INVITATION)
    second = Invitation.objects.get(pk=first.pk)
    table.apply(first, "decline", by="test")
    with pytest.raises(Conflict):
        table.apply(second, "accept", by="test")
    assert second.status == "pending"
    second.refresh_from_db()
    assert second.status == "declined"
    assert [entry.action for entry in history(first)] == ["decline"]


def test_a_user_needs_the_permission_of_the_step(manager, reader):
    event, table = EventFactory(status="draft"), without_effects(EVENT)
    with pytest.raises(PermissionDenied):
        table.apply(event, "announce", by=reader)
    assert Event.objects.get().status == event.status == "draft"
    table.apply(event, "announce", by=manager)
    assert event.status == "announced"
    assert history(event).get().changes == {"status": ["draft", "announced"]}
    assert history(event).get().actor == manager


def test_when_an_effect_fails_nothing_has_happened():
    event = EventFactory(status="draft")
    seen = []

    def first(obj, *, by, at, reason):
        seen.append((obj.status, by, reason))

    def second(obj, *, by, at, reason):
        raise ZeroDivisionError

    table = Workflow("status", (Transition("announce", ("draft",), "announced", None, ("first", "second")),))
    table.bind("first")(first)
    table.bind("second")(second)
    with pytest.raises(ZeroDivisionError):
        table.apply(event, "announce", by="test", reason="why")
    assert seen == [("announced", "test", "why")]
    assert Event.objects.get().status == event.status == "draft"
    assert not history(event).exists()


def test_two_steps_of_a_table_cannot_share_a_name():
    step = Transition("go", ("a",), "b")
    with pytest.raises(ValueError, match="name"):
        Workflow("status", (step, step))
