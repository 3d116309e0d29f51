"""What an officer, or an event in a message's life, does to a message before or after it is sent."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import log
from portal.core.hints import hint
from portal.core.workflow import Conflict, TransitionRefused
from portal.mail.enums import DELIVERABLE, HoldReason, MailState, Priority
from portal.mail.models import OutboxAttachment, OutboxMessage
from portal.mail.workflow import MESSAGE

COPIED = (
    "kind",
    "scope",
    "content_type_id",
    "object_id",
    "params",
    "contact_id",
    "to_name",
    "to_email",
    "language",
    "time_zone",
    "reply_to",
    "priority",
    "keep_window",
)


@transaction.atomic
def resend(message: OutboxMessage, *, by: Any, at: datetime | None = None) -> OutboxMessage:
    """Send again; the message that goes.

    In order: one that failed is queued again itself, with the same Message-ID; of one that was sent or bounced a new
    message is written (bounced: to the contact's present address); the step is logged; a worker is woken. Raises
    ``ValidationError`` when its code is no longer good or there is still no other address, ``TransitionRefused`` in any
    other state.
    """
    at = at or timezone.now()
    if message.priority == Priority.CODE:
        raise ValidationError(_("A code is not sent again. Ask the person to request a new one."))
    if message.state == MailState.FAILED:
        MESSAGE.apply(message, "requeue", by=by, at=at)
        return message
    if message.state not in {MailState.SENT, MailState.BOUNCED}:
        raise TransitionRefused
    again = _copy(message, by=by, at=at)
    log(message, "resend", by=by, at=at, changes={"public_id": [message.public_id, again.public_id]})
    hint("mail.deliver")
    return again


def cancel(message: OutboxMessage, *, by: Any, at: datetime | None = None) -> None:
    """Never send it. ``TransitionRefused`` when it has gone, ``Conflict`` when it is going at this moment."""
    MESSAGE.apply(message, "cancel", by=by, at=at)


def hold(message: OutboxMessage, *, by: Any, at: datetime | None = None) -> None:
    """Keep it until an officer releases it."""
    MESSAGE.apply(message, "hold", by=by, at=at)


@transaction.atomic
def release(message: OutboxMessage, *, by: Any, at: datetime | None = None) -> None:
    """Let a held message go. ``ValidationError`` for somebody who is to be called: see ``why_not_release``."""
    refused = why_not_release(message)
    if refused:
        raise ValidationError(refused)
    if not message.to_email and message.contact:
        message.to_email = message.contact.email
        message.save(update_fields=["to_email"])
    MESSAGE.apply(message, "release", by=by, at=at)


def mark_called(message: OutboxMessage, *, by: Any, note: str = "", at: datetime | None = None) -> None:
    """The officer told the person by telephone. ``ValidationError`` when the message is not on the call list."""
    if message.hold_reason != HoldReason.CALL:
        raise ValidationError(_("This message is not on the call list."))
    MESSAGE.apply(message, "mark_called", by=by, at=at, note=note)


def why_not_release(message: OutboxMessage) -> str:
    """Why it cannot be released; empty when it can."""
    contact = message.contact
    if message.hold_reason == HoldReason.CALL and contact is not None and contact.no_automatic_mail:
        return _("This person gets no automatic mail. Call them, then mark the message as told by telephone.")
    if not message.to_email and not (contact and contact.email):
        return _("There is no e-mail address. Call the person, or add the address to the contact.")
    return ""


def cancel_for(
    obj: models.Model, kinds: Iterable[str] | None = None, *, by: Any = None, at: datetime | None = None
) -> int:
    """Drop what waits about ``obj`` (of these kinds); the number dropped. What is being sent goes."""
    of_object = OutboxMessage.objects.filter(content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk))
    return _drop(of_object, kinds, by, at)


def cancel_scope(scope: str, kinds: Iterable[str] | None = None, *, by: Any = None, at: datetime | None = None) -> int:
    """Drop what waits within ``scope`` (of these kinds), for an event that is called off; the number dropped."""
    return _drop(OutboxMessage.objects.filter(scope=scope), kinds, by, at)


def _drop(messages: models.QuerySet[OutboxMessage], kinds: Iterable[str] | None, by: Any, at: datetime | None) -> int:
    waiting = messages.filter(state__in=[MailState.HELD, *DELIVERABLE])
    dropped = 0
    for message in waiting.filter(kind__in=list(kinds)) if kinds is not None else waiting:
        try:
            MESSAGE.apply(message, "drop", by=by, at=at)
        except Conflict:
            continue  # a worker took it first
        dropped += 1
    return dropped


def _copy(message: OutboxMessage, *, by: Any, at: datetime) -> OutboxMessage:
    fields = {name: getattr(message, name) for name in COPIED}
    if message.state == MailState.BOUNCED:
        fields["to_email"] = _new_address(message)
    key = f"again:{message.pk}:{at.isoformat()}"
    again = OutboxMessage.objects.create(**fields, dedupe_key=key, created_by=by, created_at=at, not_before=at)
    files = message.attachments.values_list("file_id", flat=True)
    OutboxAttachment.objects.bulk_create(OutboxAttachment(message=again, file_id=file) for file in files)
    return again


def _new_address(message: OutboxMessage) -> str:
    address = message.contact.email if message.contact else ""
    if not address or address == message.to_email:
        raise ValidationError(_("The address was refused. Correct it in the contact first."))
    return address


@MESSAGE.bind("note_officer_hold")
def _note_officer_hold(message: OutboxMessage, **_details: Any) -> None:
    message.hold_reason = HoldReason.OFFICER
    message.save(update_fields=["hold_reason"])


@MESSAGE.bind("queue_anew")
def _queue_anew(message: OutboxMessage, *, at: datetime, **_details: Any) -> None:
    message.hold_reason, message.attempts, message.not_before = "", 0, at
    message.save(update_fields=["hold_reason", "attempts", "not_before"])
    hint("mail.deliver")


@MESSAGE.bind("forget_secret")
def _forget_secret(message: OutboxMessage, **_details: Any) -> None:
    message.secret = ""
    message.save(update_fields=["secret"])


@MESSAGE.bind("note_call")
def _note_call(message: OutboxMessage, *, by: Any, at: datetime, note: str = "", **_details: Any) -> None:
    if note:
        log(message, "call_note", by=by, at=at, note=note)
