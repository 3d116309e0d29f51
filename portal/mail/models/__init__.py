"""The tables of mail."""

from portal.mail.models.adhoc import AdHocMessage
from portal.mail.models.outbox import OutboxAttachment, OutboxMessage
from portal.mail.models.rules import Holiday, ReminderRule
from portal.mail.models.templates import MessageTemplate, MessageText

__all__ = [
    "AdHocMessage",
    "Holiday",
    "MessageTemplate",
    "MessageText",
    "OutboxAttachment",
    "OutboxMessage",
    "ReminderRule",
]
