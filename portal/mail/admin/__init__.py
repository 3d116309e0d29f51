"""Administration of mail."""

from portal.mail.admin.adhoc import AdHocMessageAdmin
from portal.mail.admin.outbox import OutboxMessageAdmin
from portal.mail.admin.rules import HolidayAdmin, ReminderRuleAdmin
from portal.mail.admin.templates import MessageTemplateAdmin

__all__ = [
    "AdHocMessageAdmin",
    "HolidayAdmin",
    "MessageTemplateAdmin",
    "OutboxMessageAdmin",
    "ReminderRuleAdmin",
]
