"""Seats: who gets one, who waits, who is promoted. (Races are in test_seat_races.py.)"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.enums import ParticipationMode
from forums.enums import RegistrationStatus as R
from forums.models import Registration, SeatPool
from forums.services import registrations, seats
from forums.services.errors import AlreadyRegistered, NoSeat, NotFirstInLine, SeatsTaken
from portal.core.audit import history
from tests.factories import CategoryFactory, ContactFactory, CountryFactory, RegistrationFactory, SeatPoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return CategoryFactory()


@pytest.fixture
def pool(category) -> SeatPool:
    return SeatPoolFactory(event=category.event, capacity=2)


def draft(category, **values) -> Registration:
    return RegistrationFactory(category=category, country=CountryFactory(), **values)


def submit(officer, category, **values) -> Registration:
    registration = draft(category, **values)
    registrations.submit(registration, by=officer)
    return registration


def statuses(*rows: Registration) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.status for row in rows]


def test_seats_fill_and_the_next_person_waits(officer, category, pool):
    people = [submit(officer, category) for _ in range(3)]
    assert statuses(*people) == [R.CONFIRMED, R.CONFIRMED, R.WAITLISTED]
    pool.refresh_from_db()
    assert (pool.taken, pool.free) == (2, 0)


def test_a_cancellation_promotes_the_first_in_line(officer, category, pool):
    first, second, third, fourth = [submit(officer, category) for _ in range(4)]
    registrations.cancel(first, by=officer)
    assert statuses(first, second, third, fourth) == [R.CANCELLED, R.CONFIRMED, R.CONFIRMED, R.WAITLISTED]
    assert seats.recount(category.event) == []


def test_where_an_officer_gives_seats_nobody_is_promoted_and_nobody_passes(officer, category, pool):
    category.auto_promote = False
    category.save()
    first, _second, third, fourth = [submit(officer, category) for _ in range(4)]
    registrations.cancel(first, by=officer)
    late = submit(officer, category)
    assert statuses(third, fourth, late) == [R.WAITLISTED] * 3
    with pytest.raises(NotFirstInLine, match=third.full_name):
        registrations.give_seat(fourth, by=officer)
    registrations.give_seat(third, by=officer)
    assert statuses(third) == [R.CONFIRMED]
    with pytest.raises(NoSeat):
        registrations.give_seat(fourth, by=officer)


def test_a_full_category_does_not_keep_another_one_waiting(officer, category, pool):
    pool.capacity = 5
    pool.save()
    observers = CategoryFactory(event=category.event)
    SeatPoolFactory(event=category.event, category=observers, capacity=1)
    taken, waiting = submit(officer, observers), submit(officer, observers)
    delegate = submit(officer, category)
    assert statuses(taken, waiting, delegate) == [R.CONFIRMED, R.WAITLISTED, R.CONFIRMED]


def test_who_takes_part_online_needs_no_seat(officer, category, pool):
    people = [submit(officer, category, mode=ParticipationMode.ONLINE) for _ in range(3)]
    assert statuses(*people) == [R.CONFIRMED] * 3
    pool.refresh_from_db()
    assert pool.taken == 0


def test_going_online_frees_the_seat_for_the_next(officer, category, pool):
    first, _second, third = [submit(officer, category) for _ in range(3)]
    registrations.change(first, {"mode": ParticipationMode.ONLINE}, by=officer)
    assert statuses(first, third) == [R.CONFIRMED, R.CONFIRMED]
    with pytest.raises(NoSeat):
        registrations.change(first, {"mode": ParticipationMode.IN_PERSON}, by=officer)
    first.refresh_from_db()
    assert first.mode == ParticipationMode.ONLINE
    assert seats.recount(category.event) == []


def test_an_officer_may_add_a_seat_by_hand_with_a_reason(officer, category, pool):
    *_seated, waiting = [submit(officer, category) for _ in range(3)]
    registrations.seat_over(waiting, reason="Vice-minister, agreed by the director", by=officer)
    pool.refresh_from_db()
    assert (pool.taken, pool.over, pool.free) == (3, 1, 0)
    assert "Vice-minister, agreed by the director" in [entry.note for entry in history(waiting)]
    registrations.cancel(waiting, by=officer)
    pool.refresh_from_db()
    assert (pool.taken, pool.over) == (2, 0)


def test_a_capacity_below_the_seats_taken_is_refused_with_the_number(officer, category, pool):
    for _ in range(2):
        submit(officer, category)
    with pytest.raises(SeatsTaken) as refusal:
        seats.set_capacity(pool, 1, by=officer, at=timezone.now())
    assert refusal.value.taken == 2
    pool.refresh_from_db()
    assert pool.capacity == 2


def test_more_seats_promote_in_order(officer, category, pool):
    people = [submit(officer, category) for _ in range(5)]
    promoted = seats.set_capacity(pool, 4, by=officer, at=timezone.now())
    assert promoted == people[2:4]
    assert statuses(*people) == [R.CONFIRMED] * 4 + [R.WAITLISTED]


def test_the_line_is_kept_by_time_not_by_number(officer, category, pool):
    _a, _b, third, fourth = [submit(officer, category) for _ in range(4)]
    Registration.objects.filter(pk=fourth.pk).update(queued_at=timezone.now() - timedelta(hours=1))
    fourth.refresh_from_db()
    assert seats.waiting_position(fourth) == 1
    assert seats.waiting_position(third) == 2


def test_the_table_itself_refuses_to_oversell(category, pool):
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.filter(pk=pool.pk).update(taken=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.filter(pk=pool.pk).update(over=1)


def test_a_recount_finds_and_repairs_a_wrong_number(officer, category, pool):
    submit(officer, category)
    SeatPool.objects.filter(pk=pool.pk).update(taken=0)
    (difference,) = seats.recount(category.event)
    assert (difference.pool.pk, difference.counted) == (pool.pk, 1)
    seats.recount(category.event, repair=True)
    assert seats.recount(category.event) == []


def test_approval_waits_for_a_decision_then_takes_a_seat_or_waits_for_one(officer, category, pool):
    category.needs_approval = True
    category.save()
    people = [submit(officer, category) for _ in range(3)]
    assert statuses(*people) == [R.PENDING] * 3
    results = [registrations.approve(person, by=officer) for person in people]
    assert results == [R.CONFIRMED, R.CONFIRMED, R.WAITLISTED]


def test_a_withdrawn_person_can_return_to_the_end_of_the_line(officer, category, pool):
    first, _second, third, fourth = [submit(officer, category) for _ in range(4)]
    registrations.cancel(first, by=officer)
    registrations.come_back(first, by=officer)
    assert statuses(first) == [R.DRAFT]
    registrations.submit(first, by=officer)
    assert statuses(first, third, fourth) == [R.WAITLISTED, R.CONFIRMED, R.WAITLISTED]
    assert seats.waiting_position(first) == 2


def test_nobody_returns_beside_another_registration_of_the_same_person(officer, category, pool):
    contact = ContactFactory()
    first = submit(officer, category, contact=contact)
    registrations.cancel(first, by=officer)
    submit(officer, category, contact=contact)
    with pytest.raises(AlreadyRegistered):
        registrations.come_back(first, by=officer)
    assert statuses(first) == [R.CANCELLED]
