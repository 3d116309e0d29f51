"""Loads the demonstration. Safe to repeat: a second run adds nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.models import TextVersion
from portal.directory.models import Country
from portal.pages.services.content import PRIVACY_NOTICE
from portal.pages.services.demo import load_demo, make_accounts
from portal.pages.services.demo.accounts import FILE


class Command(BaseCommand):
    """Only where DEMO=1: demonstration accounts are of no use elsewhere, and invented people have no place there."""

    help = "Load labelled demonstration events, people and accounts; --scale N loads N times as much."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="how many sets of people and events (default 1)")

    def handle(self, *_args: Any, scale: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration: set DEMO=1 to load one.")
        if scale < 1:
            raise CommandError("--scale must be 1 or more.")
        if not (Country.objects.parties().exists() and TextVersion.objects.filter(code=PRIVACY_NOTICE).exists()):
            raise CommandError("The opening content is missing: run load_opening_content first.")
        accounts = make_accounts(settings.DATA_DIR)
        told = self.stdout.write if options["verbosity"] > 1 else str
        report = load_demo(scale, tell=told)
        self.stdout.write(f"demonstration: {report.people} people and {report.events} events added")
        for account in accounts:
            self.stdout.write(f"  {account.role}: {account.email}  {account.password}")
        self.stdout.write(f"demonstration accounts: {settings.DATA_DIR / FILE}")
