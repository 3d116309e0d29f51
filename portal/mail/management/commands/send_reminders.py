"""Writes the reminders that are due, and sends them when asked. Safe to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from portal.core.moments import moment
from portal.mail.services.reminders import scan_reminders


class Command(BaseCommand):
    """A second run writes nothing."""

    help = "Write the reminders that are due; --deliver also sends what is due in the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", type=moment, help="act as if it were this time, e.g. 2026-12-01T09:00+08:00")
        parser.add_argument("--deliver", action="store_true", help="send right away what may go")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(f"reminders written: {scan_reminders(options['at'])}")
        if options["deliver"]:
            call_command("deliver_mail", at=options["at"], stdout=self.stdout)
