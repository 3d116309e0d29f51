"""Invitations and registrations in bulk, consistent with their seats: for many events at once."""

from datetime import datetime, timedelta
from typing import Any

from forums.enums import SEATED
from forums.enums import InvitationStatus as I
from forums.enums import RegistrationStatus as R
from forums.models import Category, Event, Invitation, Registration, SeatPool
from forums.rules import needs_seat
from forums.services.invitations import draft_for
from portal.directory.models import Contact
from portal.pages.services.demo.events import is_over

# What becomes of the people of an event, in order; the last one is for everybody else.
STEPS: tuple[tuple[int, str, str], ...] = (
    (20, I.ACCEPTED, R.CONFIRMED),
    (3, I.ACCEPTED, R.WAITLISTED),
    (3, I.ACCEPTED, R.DRAFT),
    (2, I.ACCEPTED, R.CANCELLED),
    (4, I.DECLINED, ""),
    (1, I.WITHDRAWN, ""),
    (0, I.PENDING, ""),
)


def fill(
    event: Event, category: Category, people: list[Contact], *, form: dict[str, Any], by: Any, at: datetime
) -> None:
    """Invite ``people`` and give each a state; the seats taken are counted with it. No mail is written."""
    plans = list(zip(people, _plans(len(people), form), strict=True))
    invitations = [
        Invitation(
            event=event,
            contact=person,
            category=category,
            status=answer,
            sent_at=at,
            answered_at=None if answer in (I.PENDING, I.EXPIRED) else at + timedelta(days=1),
            invited_by=by,
        )
        for person, (answer, _status) in plans
    ]
    Invitation.objects.bulk_create(invitations)
    registrations = [
        _registration(invitation, status, at=at + timedelta(days=1, minutes=turn))
        for turn, (invitation, (_person, (_answer, status))) in enumerate(zip(invitations, plans, strict=True))
        if status
    ]
    Registration.objects.bulk_create(registrations)
    seated = sum(registration.status in SEATED and needs_seat(registration) for registration in registrations)
    SeatPool.objects.filter(event=event).update(taken=seated)


def _plans(count: int, form: dict[str, Any]) -> list[tuple[str, str]]:
    """An answer and a status for each of ``count`` people; nobody waits unless the seats are full."""
    seats = form["capacity"]
    plans: list[tuple[str, str]] = []
    for number, answer, status in STEPS:
        if status == R.CONFIRMED and seats is not None:
            number = min(number, seats)  # noqa: PLW2901 - the row of the table, as far as there are seats
        waits = status == R.WAITLISTED
        if waits and form.get("approval"):
            status = R.PENDING  # noqa: PLW2901 - where an officer approves, they wait for that
        elif waits and (seats is None or seats > len(plans)):
            continue
        plans += [(answer, status)] * number
    unanswered = I.EXPIRED if is_over(form) else I.PENDING
    return (plans + [(unanswered, "")] * count)[:count]


def _registration(invitation: Invitation, status: str, *, at: datetime) -> Registration:
    registration = draft_for(invitation)
    registration.status = status
    registration.submitted_at = None if status == R.DRAFT else at
    registration.queued_at = at if status == R.WAITLISTED else None
    registration.index()
    return registration
