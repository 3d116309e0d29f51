"""Wake-ups of mail."""

from celery import shared_task

from portal.mail.services.delivery import deliver_due
from portal.mail.services.reminders import scan_reminders


@shared_task(name="mail.deliver")
def deliver() -> None:
    deliver_due()


@shared_task(name="mail.scan_reminders")
def scan() -> None:
    scan_reminders()
