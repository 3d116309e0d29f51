"""Sends what is due: claim one, send it, commit, the next. Any process may be killed at any point."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from threading import Lock
from time import monotonic

from django.db import DatabaseError
from django.utils import timezone

from portal.core.links import mask_tokens
from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage
from portal.mail.registry import get_kind, scope_is_live
from portal.mail.services.claims import BACK_OFF, claim_next, settle
from portal.mail.services.envelope import build_mail
from portal.mail.services.render import Rendered, masked, render
from portal.mail.transports import Transport

TIME_LIMIT_SECONDS = 40
SECRET_LIFE = timedelta(minutes=15)
PERMANENT = 500
SUBJECT_LENGTH = 300

logger = logging.getLogger(__name__)
_sending = Lock()  # one sending thread a worker process


@dataclass
class Run:
    """What one run did."""

    sent: int = 0
    retrying: int = 0
    failed: int = 0
    dropped: int = 0
    server_is_down: bool = False

    @property
    def total(self) -> int:
        return self.sent + self.retrying + self.failed + self.dropped

    def count(self, state: MailState) -> None:
        name = {MailState.SENT: "sent", MailState.RETRYING: "retrying", MailState.CANCELLED: "dropped"}
        field = name.get(state, "failed")
        setattr(self, field, getattr(self, field) + 1)


def deliver_due(at: datetime | None = None, limit: int | None = None) -> int:
    """Send what is due; the number of messages sent. See ``drain``."""
    return drain(at, limit).sent


def drain(at: datetime | None = None, limit: int | None = None) -> Run:
    """Send until nothing is due, ``limit`` messages were tried, 40 seconds have passed or the server is down.

    In order: secrets that are no longer good are wiped; then one message at a time is claimed (committed), sent over
    one connection, and settled (committed): sent, to be tried again, failed, bounced, or dropped as no longer wanted.
    """
    run, stop = Run(), monotonic() + TIME_LIMIT_SECONDS
    with _sending, Transport() as transport:
        wipe_secrets(at or timezone.now())
        while (limit is None or run.total < limit) and monotonic() < stop:
            message = claim_next(at or timezone.now())
            if message is None:
                break
            run.count(_deliver(message, transport, at))
            run.server_is_down = transport.is_down
            if run.server_is_down:
                logger.warning("the mail server does not answer; the rest waits for the next run")
                break
    return run


def wipe_secrets(now: datetime) -> None:
    """Cancel unsent messages whose code is no longer good, and forget every such code."""
    old = OutboxMessage.objects.exclude(secret="").filter(created_at__lte=now - SECRET_LIFE)
    unsent = [MailState.HELD, MailState.QUEUED, MailState.RETRYING]
    old.filter(state__in=unsent).update(state=MailState.CANCELLED, last_error="The code was no longer good.")
    old.exclude(state=MailState.SENDING).update(secret="")


def _deliver(message: OutboxMessage, transport: Transport, at: datetime | None) -> MailState:
    """Send one claimed message and settle it; the state it ended in."""
    try:
        if not _is_wanted(message):
            return _settle(message, MailState.CANCELLED, last_error="No longer needed when its turn came.")
        rendered = render(message)
        transport.send(build_mail(message, rendered))
    except Exception as error:  # noqa: BLE001 - whatever one text, object or server does, the queue goes on
        return _settle_fault(message, error, at or timezone.now())
    return _settle(message, MailState.SENT, sent_at=at or timezone.now(), **_kept(message, rendered))


def _settle_fault(message: OutboxMessage, error: Exception, now: datetime) -> MailState:
    state = _verdict(error)
    fields: dict[str, object] = {"last_error": mask_tokens(f"{type(error).__name__}: {error}")}
    if state == MailState.RETRYING and message.attempts > len(BACK_OFF):
        state = MailState.FAILED
    if state == MailState.RETRYING:
        fields["not_before"] = now + BACK_OFF[message.attempts - 1]
    # The class of the error only: its text may hold an address.
    logger.warning("message %s: %s (%s)", message.public_id, state.value, type(error).__name__)
    return _settle(message, state, **fields)


def _verdict(error: Exception) -> MailState:
    """What a fault means: the address refused for good, the message refused for good, or another try."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return MailState.BOUNCED if min(codes, default=0) >= PERMANENT else MailState.RETRYING
    if isinstance(error, SMTPDataError):
        return MailState.FAILED if error.smtp_code >= PERMANENT else MailState.RETRYING
    return MailState.RETRYING if isinstance(error, OSError | DatabaseError) else MailState.FAILED


def _is_wanted(message: OutboxMessage) -> bool:
    """Reminders of a scope that is no longer live, and what its kind no longer wants, are not sent."""
    if "rule" in message.params and not scope_is_live(message.scope):
        return False
    wanted, obj = get_kind(message.kind).wanted, message.subject_object
    if wanted is None or (obj is None and message.object_id):
        return True  # that its object is gone is for the renderer to say
    return wanted(obj, message)


def _kept(message: OutboxMessage, rendered: Rendered) -> dict[str, str]:
    """What is stored of the text: links masked, codes hidden."""
    return {
        "sent_subject": masked(rendered.subject, message.secret)[:SUBJECT_LENGTH],
        "sent_body": masked(rendered.text, message.secret),
        "last_error": "",
    }


def _settle(message: OutboxMessage, state: MailState, **fields: object) -> MailState:
    if not settle(message, state, **fields):
        logger.warning("message %s was taken over by another worker", message.public_id)
    return state
