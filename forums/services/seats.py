"""The one place where seats are given, freed and counted.

Every function here runs under the lock of the event's pools. Callers open a transaction and take the lock *before
anything else*, so two people deciding about one event stand in line. The conditional UPDATE and the table's CHECK stay
as a second line.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from forums.enums import SEATED, RegistrationStatus
from forums.models import Category, Event, Registration, SeatPool
from forums.rules import needs_seat
from forums.services.errors import NoSeat, NotFirstInLine, SeatsTaken
from forums.workflow import REGISTRATION
from portal.core.audit import log


def lock_pools(event: Event) -> list[SeatPool]:
    """Lock the event's pools in primary-key order and return them as they are now.

    Must be the first query of its transaction. (SQLite ignores the clause: there the transaction itself, begun
    IMMEDIATE, is the lock.) An event without pools has no limit and needs no lock.
    """
    return list(SeatPool.objects.select_for_update().filter(event=event).order_by("pk"))


def take_or_queue(registration: Registration, pools: list[SeatPool], *, by: Any = None, at: datetime) -> str:
    """Confirm ``registration`` with a seat, or put it at the end of the waiting list; returns the new status.

    Nobody is seated past a waiting person who needs the same pools and could have the seat.
    """
    own = _pools_of(registration, pools)
    seated = not needs_seat(registration) or (_has_room(own) and _first_ahead(registration, pools) is None)
    if seated:
        _seat(registration, own, by=by, at=at)
    else:
        queue(registration, by=by, at=at)
    return registration.status


def queue(registration: Registration, *, by: Any = None, at: datetime) -> None:
    """Put ``registration`` at the end of the waiting list."""
    registration.queued_at = at
    registration.save(update_fields=["queued_at", "updated_at"])
    REGISTRATION.apply(registration, "queue", by=by, at=at)


def free_seat(registration: Registration, pools: list[SeatPool]) -> None:
    """Give back the seat of a registration that held one. Promote afterwards, under the same lock."""
    if not needs_seat(registration):
        return
    over = 1 if registration.seat_over else 0
    for pool in _pools_of(registration, pools):
        SeatPool.objects.filter(pk=pool.pk).update(taken=F("taken") - 1, over=F("over") - over)
        pool.taken, pool.over = pool.taken - 1, pool.over - over
    if over:
        registration.seat_over = False
        registration.save(update_fields=["seat_over"])


def claim_seat(registration: Registration, pools: list[SeatPool]) -> None:
    """Take a seat for a confirmed person who now needs one (online before); ``NoSeat`` when none is free."""
    own = _pools_of(registration, pools)
    if not _has_room(own) or _first_ahead(registration, pools) is not None:
        raise NoSeat
    _take(own)


def promote(event: Event, pools: list[SeatPool], *, by: Any = None, at: datetime) -> list[Registration]:
    """Give free seats down the waiting list, first in line first; returns who was confirmed.

    Categories whose seats an officer gives keep their place: nobody behind them gets a seat of the same pools.
    """
    promoted: list[Registration] = []
    kept: set[int] = set()
    if pools and not any(pool.has_room for pool in pools):
        return promoted
    for registration in _waiting(event):
        own = _pools_of(registration, pools)
        if needs_seat(registration) and not _has_room(own):
            continue
        ids = {pool.pk for pool in own}
        if not registration.category.auto_promote:
            kept |= ids
        elif not ids & kept:
            _seat(registration, own, by=by or "system", at=at)
            promoted.append(registration)
    return promoted


def give_seat(registration: Registration, pools: list[SeatPool], *, by: Any, at: datetime) -> None:
    """An officer gives a free seat to the first in line; ``NoSeat`` or ``NotFirstInLine`` otherwise."""
    own = _pools_of(registration, pools)
    if needs_seat(registration):
        if not _has_room(own):
            raise NoSeat
        ahead = _first_ahead(registration, pools)
        if ahead is not None:
            raise NotFirstInLine(str(ahead))
    _seat(registration, own, by=by, at=at)


def seat_over(registration: Registration, pools: list[SeatPool], *, reason: str, by: Any, at: datetime) -> None:
    """Seat somebody beyond the capacity, with the officer's reason in the history."""
    for pool in _pools_of(registration, pools):
        SeatPool.objects.filter(pk=pool.pk).update(taken=F("taken") + 1, over=F("over") + 1)
    registration.seat_over = True
    registration.save(update_fields=["seat_over"])
    REGISTRATION.apply(registration, "confirm", by=by, at=at)
    log(registration, "seat_over", by=by, at=at, note=reason)


@transaction.atomic
def pool_of(event: Event, category: Category | None) -> SeatPool:
    """The pool of a category, or of the whole event; made without a limit and counted when there is none yet."""
    pools = lock_pools(event)
    found = next((pool for pool in pools if pool.category_id == (category.pk if category else None)), None)
    if found is None:
        found = SeatPool.objects.create(event=event, category=category)
        recount(event, repair=True)
    return found


@transaction.atomic
def set_capacity(pool: SeatPool, capacity: int | None, *, by: Any, at: datetime) -> list[Registration]:
    """Change the number of seats (None: no limit) and promote into the new ones; returns who was confirmed.

    ``SeatsTaken`` when fewer than are already given.
    """
    pools = lock_pools(pool.event)
    current = next(p for p in pools if p.pk == pool.pk)
    if capacity is not None and capacity < current.taken - current.over:
        raise SeatsTaken(current.taken - current.over)
    old, current.capacity = current.capacity, capacity
    current.save(update_fields=["capacity"])
    log(current, "set_capacity", by=by, at=at, changes={"capacity": [old, capacity]})
    return promote(pool.event, pools, by=by, at=at)


@dataclass(frozen=True)
class Difference:
    """A pool whose stored numbers are not those of the registrations."""

    pool: SeatPool
    counted: int
    counted_over: int


@transaction.atomic
def recount(event: Event, *, repair: bool = False) -> list[Difference]:
    """Count the seats anew from the registrations; with ``repair`` the stored numbers are set right."""
    pools = lock_pools(event)
    seats: Counter[int | None] = Counter()
    over: Counter[int | None] = Counter()
    for registration in Registration.objects.filter(event=event, status__in=SEATED).select_related("category"):
        if needs_seat(registration):
            for pool in _pools_of(registration, pools):
                seats[pool.pk] += 1
                over[pool.pk] += registration.seat_over
    wrong = [
        Difference(pool, seats[pool.pk], over[pool.pk])
        for pool in pools
        if (pool.taken, pool.over) != (seats[pool.pk], over[pool.pk])
    ]
    if repair:
        for difference in wrong:
            SeatPool.objects.filter(pk=difference.pool.pk).update(
                taken=difference.counted, over=difference.counted_over
            )
            log(difference.pool, "recount", changes={"taken": [difference.pool.taken, difference.counted]})
    return wrong


def _seat(registration: Registration, own: list[SeatPool], *, by: Any, at: datetime) -> None:
    if needs_seat(registration):
        _take(own)
    REGISTRATION.apply(registration, "confirm", by=by, at=at)


def _take(own: Iterable[SeatPool]) -> None:
    """One seat of each pool, where there still is one: the second line behind the lock."""
    for pool in own:
        room = Q(capacity__isnull=True) | Q(taken__lt=F("capacity") + F("over"))
        if SeatPool.objects.filter(room, pk=pool.pk).update(taken=F("taken") + 1) != 1:
            raise NoSeat
        pool.taken += 1


def _pools_of(registration: Registration, pools: list[SeatPool]) -> list[SeatPool]:
    return [pool for pool in pools if pool.category_id in (None, registration.category_id)]


def _has_room(own: list[SeatPool]) -> bool:
    return all(pool.has_room for pool in own)


def _waiting(event: Event) -> list[Registration]:
    return list(Registration.objects.filter(event=event).waiting().select_related("category", "event"))


def _first_ahead(registration: Registration, pools: list[SeatPool]) -> Registration | None:
    """The first waiting person before ``registration`` who shares a pool with it and could have the seat now."""
    own = {pool.pk for pool in _pools_of(registration, pools)}
    for other in _waiting(registration.event):
        if other.pk == registration.pk:
            return None
        theirs = _pools_of(other, pools)
        if own & {pool.pk for pool in theirs} and (not needs_seat(other) or _has_room(theirs)):
            return other
    return None


def waiting_position(registration: Registration) -> int | None:
    """The place in line among those of the same event, from 1; None when not waiting."""
    if registration.status != RegistrationStatus.WAITLISTED:
        return None
    found = Registration.objects.filter(pk=registration.pk).with_place_in_line()
    place: int | None = found.values_list("place", flat=True).first()
    return place
