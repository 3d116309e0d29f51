"""Registering: draft, submit, change, cancel, come back; approve, reject, give a seat.

Each deed that may touch a seat locks the event's pools first, then reads the registration anew, then acts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from forums.emails import tell_registrant
from forums.enums import ListConsent, ParticipationMode, RegisteredBy, RegistrationStatus
from forums.models import Category, Event, Registration, SeatPool
from forums.rules import missing_fields, needs_seat
from forums.services import seats
from forums.services.errors import AlreadyRegistered, Incomplete, RegistrationClosed
from forums.workflow import REGISTRATION
from portal.core.audit import changed_fields, log
from portal.core.pagecache import content_changed
from portal.core.texts import consents_of
from portal.core.workflow import TransitionRefused
from portal.directory.models import Contact

PERSON = "registrant"  # who acts when nobody is signed in


@contextmanager
def deciding(registration: Registration) -> Iterator[list[SeatPool]]:
    """A transaction that holds the event's pools; ``registration`` is what the database says now."""
    with transaction.atomic():
        pools = seats.lock_pools(registration.event)
        registration.refresh_from_db()
        yield pools


def start_open(
    event: Event, category: Category, *, email: str, full_name: str, language: str, at: datetime | None = None
) -> Registration:
    """A draft for somebody without an invitation, and a mail with its link. Asking twice mails the same draft again."""
    at = at or timezone.now()
    if not (event.is_open and category.is_open and event.takes_registrations(at)):
        raise RegistrationClosed(event)
    with transaction.atomic():
        # Two presses of the button stand in line and find one draft. (No seat is touched, so the pools stay free.)
        Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        registration = (
            Registration.objects.active()
            .filter(event=event, email__iexact=email, full_name__iexact=full_name)
            .order_by("pk")
            .first()
        )
        if registration is None:
            registration = Registration.objects.create(
                event=event, category=category, email=email, full_name=full_name, language=language
            )
            log(registration, "start", by=PERSON, at=at)
        tell_registrant("registration_link", registration, by=None, at=at.replace(second=0, microsecond=0))
    return registration


@transaction.atomic
def record(
    event: Event,
    category: Category,
    values: dict[str, Any],
    *,
    by: Any,
    contact: Contact | None = None,
    at: datetime | None = None,
) -> Registration:
    """An officer opens a registration for somebody who cannot, or will not, do it online; a draft until ``submit``.

    ``values`` maps field names to values. ``AlreadyRegistered`` when the contact has an active registration.
    """
    at = at or timezone.now()
    seats.lock_pools(event)
    if contact is not None and Registration.objects.active().filter(event=event, contact=contact).exists():
        raise AlreadyRegistered(str(contact))
    registration = Registration.objects.create(
        event=event, category=category, contact=contact, registered_by=RegisteredBy.STAFF, **values
    )
    log(registration, "record", by=by, at=at)
    return registration


def save_step(
    registration: Registration, values: dict[str, Any], *, by: Any = None, at: datetime | None = None
) -> None:
    """Keep what was typed in one step of a draft. ``values`` maps field names to cleaned values.

    ``TransitionRefused`` when it was sent or cancelled meanwhile: what was typed may then cost a seat (``change``).
    """
    at = at or timezone.now()
    with deciding(registration):
        _must_be(registration, "edit", RegistrationStatus.DRAFT)
        _set(registration, values, by=by, at=at)


def submit(registration: Registration, *, by: Any = None, at: datetime | None = None) -> str:
    """Send a draft; returns the new status (pending, confirmed or waitlisted).

    In order: closed events and missing answers are refused (``RegistrationClosed``, ``Incomplete``), then the category
    asks for approval, or a seat is taken, or the person joins the waiting list; the mail is written with it.
    """
    at = at or timezone.now()
    with deciding(registration) as pools:
        _check_open(registration, by, at)
        missing = missing_fields(registration)
        if by is None and "privacy" not in consents_of(registration):
            missing.append("privacy")
        if missing:
            raise Incomplete(missing)
        _note_submitted(registration, at)
        if registration.category.needs_approval:
            REGISTRATION.apply(registration, "ask", by=by or PERSON, at=at)
        else:
            seats.take_or_queue(registration, pools, by=by or PERSON, at=at)
    return registration.status


def change(registration: Registration, values: dict[str, Any], *, by: Any = None, at: datetime | None = None) -> None:
    """Change a sent registration. Going from online to the room takes a seat; ``NoSeat`` when none is free."""
    at = at or timezone.now()
    with deciding(registration) as pools:
        _check_open(registration, by, at)
        holds = registration.status == RegistrationStatus.CONFIRMED
        before = needs_seat(registration)
        wanted = values.get("mode", registration.mode)
        after = wanted == ParticipationMode.IN_PERSON or registration.category.online_takes_seat
        if holds and before and not after:
            seats.free_seat(registration, pools)
        _set(registration, values, by=by, at=at)
        if holds and after and not before:
            seats.claim_seat(registration, pools)
        if before != after:
            seats.promote(registration.event, pools, at=at)


def cancel(registration: Registration, *, by: Any = None, reason: str = "", at: datetime | None = None) -> None:
    """Cancel; a seat that was held goes back and, under the same lock, down the waiting list."""
    at = at or timezone.now()
    with deciding(registration) as pools:
        held = registration.status == RegistrationStatus.CONFIRMED
        told = registration.status != RegistrationStatus.DRAFT
        REGISTRATION.apply(registration, "cancel", by=by or PERSON, at=at, reason=reason, held=held, told=told)
        if held:
            seats.free_seat(registration, pools)
            seats.promote(registration.event, pools, at=at)


def come_back(registration: Registration, *, by: Any = None, at: datetime | None = None) -> None:
    """Turn a cancelled or rejected registration into a draft again, with everything it held.

    ``AlreadyRegistered`` when an officer has meanwhile opened another one for the same contact.
    """
    at = at or timezone.now()
    with deciding(registration):
        _check_open(registration, by, at)
        others = Registration.objects.active().filter(event=registration.event, contact=registration.contact_id)
        if registration.contact_id and others.exclude(pk=registration.pk).exists():
            raise AlreadyRegistered(str(registration))
        REGISTRATION.apply(registration, "return", by=by or PERSON, at=at)


def approve(registration: Registration, *, by: Any, at: datetime | None = None) -> str:
    """Approve one that waits for a decision: a seat, or the waiting list; returns the new status.

    No deadline stands in the way: officers decide after registration closed.
    """
    at = at or timezone.now()
    with deciding(registration) as pools:
        _must_be(registration, "confirm", RegistrationStatus.PENDING)
        return seats.take_or_queue(registration, pools, by=by, at=at)


def put_on_waiting_list(registration: Registration, *, by: Any, at: datetime | None = None) -> None:
    """An officer puts one that waits for a decision on the waiting list."""
    at = at or timezone.now()
    with deciding(registration):
        _must_be(registration, "queue", RegistrationStatus.PENDING)
        seats.queue(registration, by=by, at=at)


def reject(registration: Registration, *, reason: str, by: Any, at: datetime | None = None) -> None:
    """Do not accept; the reason goes into the mail."""
    at = at or timezone.now()
    with deciding(registration):
        registration.decision_reason = reason
        registration.save(update_fields=["decision_reason", "updated_at"])
        REGISTRATION.apply(registration, "reject", by=by, at=at, reason=reason)


def give_seat(registration: Registration, *, by: Any, at: datetime | None = None) -> None:
    """An officer gives a free seat to the first in line."""
    at = at or timezone.now()
    with deciding(registration) as pools:
        _must_be(registration, "confirm", RegistrationStatus.WAITLISTED)
        seats.give_seat(registration, pools, by=by, at=at)


def seat_over(registration: Registration, *, reason: str, by: Any, at: datetime | None = None) -> None:
    """An officer seats somebody beyond the capacity, with a reason."""
    at = at or timezone.now()
    with deciding(registration) as pools:
        _must_be(registration, "confirm", RegistrationStatus.PENDING, RegistrationStatus.WAITLISTED)
        seats.seat_over(registration, pools, reason=reason, by=by, at=at)


def _set(registration: Registration, values: dict[str, Any], *, by: Any, at: datetime) -> None:
    old = Registration(**{f.attname: getattr(registration, f.attname) for f in registration._meta.concrete_fields})
    for name, value in values.items():
        setattr(registration, name, value)
    changes = changed_fields(old, registration, list(values))
    if changes:
        registration.save(update_fields=[*changes, "updated_at"])
        log(registration, "edit", by=by or PERSON, at=at, changes=changes)
    if changes and registration.status == RegistrationStatus.CONFIRMED:
        _list(old)
        _list(registration)


def _check_open(registration: Registration, by: Any, at: datetime) -> None:
    """Officers are not bound by the deadline; everybody else is."""
    if by is None and not registration.event.takes_registrations(at):
        raise RegistrationClosed(registration.event)


def _must_be(registration: Registration, step: str, *statuses: str) -> None:
    """The deed is meant for these statuses only; the table itself also allows others to take the step."""
    if registration.status not in statuses:
        raise TransitionRefused(f"{step} is not possible from {registration.status}")


def _note_submitted(registration: Registration, at: datetime) -> None:
    registration.submitted_at = at
    if registration.registered_by == RegisteredBy.SELF and registration.assistant_email:
        registration.registered_by = RegisteredBy.ASSISTANT
    registration.save(update_fields=["submitted_at", "registered_by", "updated_at"])


def _teller(kind: str, calendar: str = "") -> Callable[..., None]:
    def tell(registration: Registration, *, by: Any, at: datetime, reason: str = "", **_: Any) -> None:
        tell_registrant(kind, registration, by=_user(by), at=at, calendar=calendar, reason=reason)

    return tell


REGISTRATION.effects |= {
    "tell_received": _teller("received"),
    "tell_confirmed": _teller("confirmed", "request"),
    "tell_waitlisted": _teller("waitlisted"),
    "tell_rejected": _teller("rejected"),
}


@REGISTRATION.bind("list")
def _list(registration: Registration, **_details: Any) -> None:
    """Whoever agreed to be named comes on, or leaves, the public list of participants at once."""
    if registration.list_consent == ListConsent.PUBLIC:
        content_changed()


@REGISTRATION.bind("tell_cancelled")
def _tell_cancelled(
    registration: Registration, *, by: Any, at: datetime, reason: str = "", held: bool = False, told: bool = True
) -> None:
    """A draft that was never sent is dropped in silence; whoever held a seat gets the calendar's cancellation."""
    if told:
        tell_registrant(
            "cancelled", registration, by=_user(by), at=at, calendar="cancel" if held else "", reason=reason
        )


def _user(by: Any) -> Any:
    return by if hasattr(by, "pk") else None
