"""Sends what is due in the outbox, now. Safe to repeat, and beside a running worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.moments import moment
from portal.mail.services.delivery import drain


class Command(BaseCommand):
    """Ends with an error when a message failed for good or the mail server does not answer."""

    help = "Send the messages that are due and show what became of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", type=moment, help="act as if it were this time, e.g. 2026-12-01T09:00+08:00")

    def handle(self, *_args: Any, **options: Any) -> None:
        sent = failed = retrying = dropped = 0
        while (run := drain(options["at"])).total:
            sent, failed = sent + run.sent, failed + run.failed
            retrying, dropped = retrying + run.retrying, dropped + run.dropped
            self.stdout.write(f"sent {sent}, to be tried again {retrying}, dropped {dropped}, failed {failed}")
            if run.server_is_down:
                raise CommandError(
                    "The mail server does not answer; the messages wait. Check EMAIL_URL and the server."
                )
        if not sent + failed + retrying + dropped:
            self.stdout.write("nothing is due")
        if failed:
            raise CommandError(f"{failed} message(s) failed for good; see the outbox in the administration.")
