"""Wake-ups of mail."""

from celery import shared_task

from portal.mail.services.delivery import deliver_due
from portal.mail.services.reminders import scan_reminders


@shared_task(name="mail.deliver")
def deliver() -> None:
    """When a message is written, and every minute."""
    deliver_due()


@shared_task(name="mail.scan_reminders")
def scan() -> None:
    """Every ten minutes: what the reminder rules ask for."""
    scan_reminders()
