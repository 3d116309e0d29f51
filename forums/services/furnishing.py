"""What a new event gets so that an officer can begin at once."""

from django.db import transaction

from forums.models import Category, Event, SeatPool
from portal.mail.models import ReminderRule

DAY = 24
# Who, from which moment, how many hours before it, which message.
REMINDERS = (
    ("not_answered", "answer_deadline", -7 * DAY, "forums.reminder_answer"),
    ("not_answered", "answer_deadline", -2 * DAY, "forums.reminder_answer"),
    ("draft_unfinished", "registration_deadline", -3 * DAY, "forums.reminder_draft"),
    ("confirmed", "start", -3 * DAY, "forums.reminder_event"),
)


@transaction.atomic
def furnish_event(event: Event) -> None:
    """Give ``event`` what it lacks: one category, a pool of seats without limit, the usual reminder rules."""
    if not event.categories.exists():
        Category.objects.create(event=event, code="delegate", name_en="Delegate", name_zh_hans="代表")
    SeatPool.objects.get_or_create(event=event, category=None)
    if not ReminderRule.objects.filter(scope=event.scope).exists():
        ReminderRule.objects.bulk_create(
            ReminderRule(scope=event.scope, audience=audience, anchor=anchor, offset_hours=hours, kind=kind)
            for audience, anchor, hours, kind in REMINDERS
        )
