"""The figures of events, for lists and the dashboard."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from forums.enums import InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Registration, SeatPool


@dataclass(frozen=True)
class Numbers:
    """Confirmed people, seats (None: no limit), invitations without an answer."""

    confirmed: int
    seats: int | None
    unanswered: int

    @property
    def confirmed_of_seats(self) -> str:
        return str(self.confirmed) if self.seats is None else f"{self.confirmed} / {self.seats}"


def numbers_of(events: Iterable[Event]) -> dict[int, Numbers]:
    """The figures of these events, by their keys: one query. Subqueries, so that counts do not multiply each other."""
    pools = SeatPool.objects.filter(event=OuterRef("pk"))
    of_whole = Subquery(pools.filter(category=None).values("capacity")[:1])
    of_parts = pools.exclude(category=None).order_by().values("event").annotate(n=Sum("capacity")).values("n")
    rows = Event.objects.filter(pk__in=[event.pk for event in events]).values_list(
        "pk",
        _count(Registration, status=RegistrationStatus.CONFIRMED),
        Coalesce(of_whole, Subquery(of_parts)),
        _count(Invitation, status=InvitationStatus.PENDING),
    )
    return {pk: Numbers(*figures) for pk, *figures in rows}


def _count(model: type[models.Model], **conditions: Any) -> Coalesce:
    rows = model._default_manager.filter(event=OuterRef("pk"), **conditions).order_by().values("event")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
