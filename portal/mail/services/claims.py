"""Which message goes next, and who sends it: one worker at a time, by a lease."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When

from portal.mail.enums import DELIVERABLE, MailState, Priority
from portal.mail.models import OutboxMessage
from portal.mail.window import next_opening

LEASE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
MAX_ATTEMPTS = len(BACK_OFF) + 1


def claim_next(now: datetime) -> OutboxMessage | None:
    """The next message that may go, marked as being sent under a lease; None when nothing is due.

    In order of priority and time. On the way, messages outside their recipient's working hours and those to a host
    that has had its share this minute are moved to when they may go. A message whose lease has lapsed (its worker was
    killed) is taken back.
    """
    while True:
        with transaction.atomic():
            message = _due(now).select_for_update(skip_locked=True).first()
            if message is None:
                return None
            opening, free_at = _opening(message, now), _host_is_free_at(message, now)
            if opening > now:
                _move([message.pk], opening)
            elif free_at > now:
                _move([message.pk, *_others_to_host(message, now)], free_at)
            elif _take(message, now):
                return message


def settle(message: OutboxMessage, state: MailState, **fields: object) -> bool:
    """End this worker's claim. False when the lease had lapsed and somebody else has the message."""
    mine = OutboxMessage.objects.filter(pk=message.pk, state=MailState.SENDING, lease_until=message.lease_until)
    return mine.update(state=state, lease_until=None, **fields) == 1


def _due(now: datetime) -> QuerySet[OutboxMessage]:
    waiting = Q(state__in=DELIVERABLE, not_before__lte=now)
    lapsed = Q(state=MailState.SENDING, lease_until__lte=now)
    return OutboxMessage.objects.filter(waiting | lapsed).order_by("priority", "not_before", "pk")


def _opening(message: OutboxMessage, now: datetime) -> datetime:
    """When the recipient's working hours allow it."""
    if not message.keep_window:
        return now
    return next_opening(now, message.time_zone, message.contact.country_id if message.contact else None)


def _host_is_free_at(message: OutboxMessage, now: datetime) -> datetime:
    """When the mail host has had less than its share within a minute. Sign-in codes do not wait for it."""
    if message.priority == Priority.CODE:
        return now
    recent = OutboxMessage.objects.filter(sent_at__gt=now - MINUTE, to_email__iendswith=_at_host(message))
    found = recent.aggregate(sent=Count("pk"), first=Min("sent_at"))
    return found["first"] + MINUTE if found["sent"] >= settings.MAIL_RATE_PER_HOST else now


def _at_host(message: OutboxMessage) -> str:
    return "@" + message.to_email.rpartition("@")[2]


def _others_to_host(message: OutboxMessage, now: datetime) -> list[int]:
    """What else is due to the same host. Rows locked by another worker are its business: waiting could deadlock."""
    others = _due(now).filter(state__in=DELIVERABLE, priority__gt=Priority.CODE, to_email__iendswith=_at_host(message))
    return list(others.select_for_update(skip_locked=True).values_list("pk", flat=True))


def _move(keys: list[int], until: datetime) -> None:
    waiting = Case(When(attempts=0, then=Value(MailState.QUEUED)), default=Value(MailState.RETRYING))
    OutboxMessage.objects.filter(pk__in=keys).update(state=waiting, not_before=until, lease_until=None)


def _take(message: OutboxMessage, now: datetime) -> bool:
    """Set state and lease where they are still what was read. A message that kills its worker is given up."""
    unchanged = OutboxMessage.objects.filter(pk=message.pk, state=message.state, lease_until=message.lease_until)
    if message.attempts >= MAX_ATTEMPTS:
        unchanged.update(
            state=MailState.FAILED, lease_until=None, last_error="Sending was interrupted again and again."
        )
        return False
    lease = now + LEASE
    if not unchanged.update(state=MailState.SENDING, lease_until=lease, attempts=F("attempts") + 1):
        return False
    message.state, message.lease_until, message.attempts = MailState.SENDING, lease, message.attempts + 1
    return True
