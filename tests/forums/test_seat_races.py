"""Forced interleavings of deeds that touch seats, and the proof that they go wrong when the protection is removed.

Random load does not find these races: each test makes two deeds meet right after they read the seats.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from django.db import connection, connections

from forums.enums import RegistrationStatus as R
from forums.models import Registration, SeatPool
from forums.services import registrations, seats
from portal.core.workflow import Conflict, TransitionRefused, Workflow
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, CountryFactory, RegistrationFactory, SeatPoolFactory

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = pytest.mark.server


@pytest.fixture
def category():
    return CategoryFactory()


def people(category, count: int, status: str = R.DRAFT) -> list[Registration]:
    country = CountryFactory()
    rows = [RegistrationFactory(category=category, country=country) for _ in range(count)]
    for row in rows if status != R.DRAFT else []:
        registrations.submit(row, by="officer")
    return rows


def together(*deeds: Callable[[], object]) -> list[BaseException]:
    """Run each deed in a thread with its own connection; returns what they raised."""
    raised: list[BaseException] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def then_meet(read_pools: Callable, barrier: threading.Barrier) -> Callable:
    def read_and_meet(event):
        pools = read_pools(event)
        with suppress(threading.BrokenBarrierError):  # the lock kept the other one out: that is what it is for
            barrier.wait(timeout=0.5)
        return pools

    return read_and_meet


def read_without_lock(event) -> list[SeatPool]:
    return list(SeatPool.objects.filter(event=event).order_by("pk"))


@pytest.fixture
def meeting(monkeypatch):
    """Both deeds wait for each other once they have read the seats; half a second, when a lock parts them."""
    barrier = threading.Barrier(2)
    monkeypatch.setattr(seats, "lock_pools", then_meet(seats.lock_pools, barrier))
    return barrier


@pytest.fixture
def no_lock(monkeypatch):
    """The protection removed: the pools are read without a lock."""
    monkeypatch.setattr(seats, "lock_pools", read_without_lock)


@pytest.fixture
def no_second_line(monkeypatch):
    """The second line removed too: no CHECK, and a seat is taken by writing the number that was read plus one."""

    def take_absolutely(own):
        for pool in own:
            SeatPool.objects.filter(pk=pool.pk).update(taken=pool.taken + 1)

    monkeypatch.setattr(seats, "_take", take_absolutely)
    check = next(c for c in SeatPool._meta.constraints if c.name == "forums_seats_not_oversold")
    with connection.schema_editor() as editor:
        editor.remove_constraint(SeatPool, check)
    yield
    SeatPool.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(SeatPool, check)


def outcome(*rows: Registration) -> list[str]:
    return sorted(Registration.objects.filter(pk__in=[row.pk for row in rows]).values_list("status", flat=True))


def test_two_people_cannot_take_the_last_seat(category, meeting):
    SeatPoolFactory(event=category.event, capacity=1)
    one, two = people(category, 2)
    raised = together(lambda: registrations.submit(one, by="officer"), lambda: registrations.submit(two, by="officer"))
    assert raised == []
    assert outcome(one, two) == [R.CONFIRMED, R.WAITLISTED]
    assert seats.recount(category.event) == []


@ON_POSTGRESQL
def test_without_lock_and_check_the_last_seat_is_sold_twice(category, no_lock, meeting, no_second_line):
    SeatPoolFactory(event=category.event, capacity=1)
    one, two = people(category, 2)
    together(lambda: registrations.submit(one, by="officer"), lambda: registrations.submit(two, by="officer"))
    assert outcome(one, two) == [R.CONFIRMED, R.CONFIRMED]


@ON_POSTGRESQL
def test_without_the_lock_the_check_still_refuses_the_second_one(category, no_lock, meeting):
    SeatPoolFactory(event=category.event, capacity=1)
    one, two = people(category, 2)
    raised = together(lambda: registrations.submit(one, by="officer"), lambda: registrations.submit(two, by="officer"))
    assert len(raised) == 1
    assert outcome(one, two) == [R.CONFIRMED, R.DRAFT]


@pytest.fixture
def one_seated_one_joining(category) -> tuple[Registration, Registration]:
    SeatPoolFactory(event=category.event, capacity=1)
    return people(category, 1, R.CONFIRMED)[0], people(category, 1)[0]


def test_joining_while_the_seat_is_freed_ends_with_the_seat_given(category, one_seated_one_joining, meeting):
    seated, joining = one_seated_one_joining
    raised = together(
        lambda: registrations.submit(joining, by="officer"), lambda: registrations.cancel(seated, by="officer")
    )
    assert raised == []
    assert outcome(seated, joining) == [R.CANCELLED, R.CONFIRMED]
    assert seats.recount(category.event) == []


@ON_POSTGRESQL
def test_without_the_lock_the_freed_seat_stays_empty_while_somebody_waits(
    category, one_seated_one_joining, no_lock, meeting, monkeypatch
):
    seated, joining = one_seated_one_joining
    freed = threading.Event()
    queue = seats.queue

    def queue_and_wait(registration, **details):
        queue(registration, **details)
        freed.wait(timeout=5)  # the other one frees the seat before this one commits

    monkeypatch.setattr(seats, "queue", queue_and_wait)

    def cancel() -> None:
        registrations.cancel(seated, by="officer")
        freed.set()

    together(lambda: registrations.submit(joining, by="officer"), cancel)
    assert outcome(seated, joining) == [R.CANCELLED, R.WAITLISTED]
    assert SeatPool.objects.get(event=category.event).free == 1


@pytest.fixture
def two_seated_two_waiting(category) -> list[Registration]:
    SeatPoolFactory(event=category.event, capacity=2)
    return people(category, 4, R.CONFIRMED)


def test_two_cancellations_at_once_promote_two_people(category, two_seated_two_waiting, meeting):
    one, two, *waiting = two_seated_two_waiting
    raised = together(lambda: registrations.cancel(one, by="officer"), lambda: registrations.cancel(two, by="officer"))
    assert raised == []
    assert outcome(*waiting) == [R.CONFIRMED, R.CONFIRMED]
    assert seats.recount(category.event) == []


@ON_POSTGRESQL
def test_without_the_lock_and_with_an_absolute_write_a_freed_seat_is_lost(category, monkeypatch):
    def free_absolutely(registration, pools):
        for pool in pools:
            SeatPool.objects.filter(pk=pool.pk).update(taken=pool.taken - 1)

    SeatPoolFactory(event=category.event, capacity=2)
    one, two = people(category, 2, R.CONFIRMED)
    monkeypatch.setattr(seats, "lock_pools", then_meet(read_without_lock, threading.Barrier(2)))
    monkeypatch.setattr(seats, "free_seat", free_absolutely)
    together(lambda: registrations.cancel(one, by="officer"), lambda: registrations.cancel(two, by="officer"))
    assert outcome(one, two) == [R.CANCELLED, R.CANCELLED]
    assert SeatPool.objects.get(event=category.event).taken == 1  # nobody is seated any more


@pytest.fixture
def six_pending(category) -> list[Registration]:
    category.needs_approval = True
    category.save()
    SeatPoolFactory(event=category.event, capacity=3)
    return people(category, 6, R.PENDING)


def approve_all(rows: list[Registration]) -> Callable[[], None]:
    """A bulk action: each person in a transaction of its own; who was decided meanwhile is passed over."""

    def deed() -> None:
        for row in rows:
            try:
                registrations.approve(Registration.objects.get(pk=row.pk), by="officer")
            except (TransitionRefused, Conflict):
                continue

    return deed


def test_two_officers_approving_the_same_list_never_oversell(category, six_pending, meeting):
    raised = together(approve_all(six_pending), approve_all(six_pending[::-1]))
    assert raised == []
    assert outcome(*six_pending) == [R.CONFIRMED] * 3 + [R.WAITLISTED] * 3
    assert seats.recount(category.event) == []


@ON_POSTGRESQL
def test_without_lock_and_check_two_bulk_approvals_oversell(category, six_pending, no_lock, meeting, no_second_line):
    halves = six_pending[:1], six_pending[3:4]
    SeatPool.objects.filter(event=category.event).update(capacity=1)
    together(*[approve_all(half) for half in halves])
    assert outcome(*halves[0], *halves[1]) == [R.CONFIRMED, R.CONFIRMED]


def test_cancelling_twice_at_once_frees_one_seat(category, two_seated_two_waiting, meeting):
    one = two_seated_two_waiting[0]
    again = Registration.objects.get(pk=one.pk)
    raised = together(
        lambda: registrations.cancel(one, by="officer"), lambda: registrations.cancel(again, by="officer")
    )
    assert [type(error) for error in raised] in ([TransitionRefused], [Conflict])
    assert seats.recount(category.event) == []
    assert SeatPool.objects.get(event=category.event).taken == 2


@ON_POSTGRESQL
def test_without_lock_and_condition_cancelling_twice_frees_two_seats(
    category, two_seated_two_waiting, no_lock, meeting, monkeypatch
):
    def set_blindly(self, obj, name, **details):
        type(obj)._default_manager.filter(pk=obj.pk).update(status=self.get(name).target)

    Registration.objects.filter(status=R.WAITLISTED).delete()
    monkeypatch.setattr(Workflow, "apply", set_blindly)
    one = two_seated_two_waiting[0]
    again = Registration.objects.get(pk=one.pk)
    together(lambda: registrations.cancel(one, by="officer"), lambda: registrations.cancel(again, by="officer"))
    assert SeatPool.objects.get(event=category.event).taken == 0  # one person still sits there


def test_two_presses_of_the_button_make_one_draft_and_one_mail(category, monkeypatch):
    """On PostgreSQL both would look for a draft before either has written one."""
    type(category.event).objects.update(is_open=True)
    type(category).objects.update(is_open=True)
    category.refresh_from_db()
    barrier, create = threading.Barrier(2), type(Registration.objects).create

    def meet_and_create(manager, **values):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=0.5)
        return create(manager, **values)

    monkeypatch.setattr(type(Registration.objects), "create", meet_and_create)
    person = {"email": "mei@ministry.example", "full_name": "Mei", "language": "en"}
    press = partial(registrations.start_open, category.event, category, **person)
    assert together(press, press) == []
    assert (Registration.objects.count(), OutboxMessage.objects.count()) == (1, 1)
