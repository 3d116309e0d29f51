"""The one way to send something: write a row in the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.core.hints import hint
from portal.core.models import StoredFile
from portal.mail.enums import HoldReason, MailState, Priority
from portal.mail.models import MessageTemplate, OutboxAttachment, OutboxMessage
from portal.mail.registry import Recipient, get_kind

NAME_LENGTH = 200


def write_message(
    kind: str,
    obj: models.Model | None,
    to: Recipient,
    *,
    dedupe_key: str,
    scope: str = "",
    by: Any = None,
    priority: Priority = Priority.NORMAL,
    keep_window: bool = False,
    params: Mapping[str, Any] | None = None,
    secret: str = "",
    attachments: Iterable[StoredFile] = (),
    reply_to: str = "",
    at: datetime | None = None,
) -> OutboxMessage | None:
    """Write one message about ``obj`` to ``to``, to be sent once the caller's transaction has committed.

    In order: nothing happens and None is returned when ``dedupe_key`` was written before; the row is written, held for
    the officer's call list when the person gets no automatic mail or has no address (sign-in codes are not held for the
    former), or held for release when the wording asks for it; its files are noted; a worker is woken for a message that
    may go (messages to many wait for the sweep). ``KeyError`` for a kind nobody registered.
    """
    get_kind(kind)
    if OutboxMessage.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    at = at or timezone.now()
    hold = _hold_reason(kind, scope, to, priority)
    message = OutboxMessage(
        kind=kind,
        scope=scope,
        dedupe_key=dedupe_key,
        params=dict(params or {}),
        secret=secret,
        **_addressee(to),
        reply_to=reply_to,
        state=MailState.HELD if hold else MailState.QUEUED,
        hold_reason=hold,
        priority=priority,
        keep_window=keep_window,
        not_before=at,
        created_by=by if isinstance(by, User) else None,
        created_at=at,
    )
    if obj is not None:
        message.subject_object = obj
    if not _save_once(message):
        return None
    OutboxAttachment.objects.bulk_create(OutboxAttachment(message=message, file=file) for file in attachments)
    if not hold and priority < Priority.BULK:
        hint("mail.deliver")
    return message


def _addressee(to: Recipient) -> dict[str, Any]:
    """Whom the row is for, as it was when the message was written."""
    return {
        "contact": to.contact,
        "to_name": " ".join(to.name.split())[:NAME_LENGTH],
        "to_email": to.email.strip(),
        "language": to.language,
        "time_zone": to.time_zone,
    }


def _hold_reason(kind: str, scope: str, to: Recipient, priority: Priority) -> str:
    """Why this message may not go by itself; empty when it may."""
    if not to.email.strip():
        return HoldReason.CALL
    if priority == Priority.CODE:
        return ""
    if to.contact is not None and to.contact.no_automatic_mail:
        return HoldReason.CALL
    # The event's own wording decides before the house's.
    wordings = MessageTemplate.objects.filter(kind=kind, scope__in={scope, ""}).order_by("-scope")
    return HoldReason.RELEASE if wordings.values_list("hold_for_release", flat=True).first() else ""


def _save_once(message: OutboxMessage) -> bool:
    """Insert under a savepoint: False when another transaction wrote the same key first."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if OutboxMessage.objects.filter(dedupe_key=message.dedupe_key).exists():
            return False
        raise
    return True
