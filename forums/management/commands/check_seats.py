"""Counts the seats of every event anew; with --repair the stored numbers are set right."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forums.models import Event
from forums.services.seats import recount


class Command(BaseCommand):
    help = "Compare the seats that are stored with the registrations. Exit code 1 when a number is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("events", nargs="*", metavar="slug", help="only these events (left out: all)")
        parser.add_argument("--repair", action="store_true", help="set wrong numbers right")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit code 0 when every number was right, or was set right; 1 when one is wrong."""
        events = Event.objects.filter(pools__isnull=False).distinct().order_by("pk")
        if options["events"]:
            events = events.filter(slug__in=options["events"])
            unknown = set(options["events"]) - set(Event.objects.values_list("slug", flat=True))
            if unknown:
                raise CommandError(f"no such event: {', '.join(sorted(unknown))}")
        looked_at = wrong = 0
        for event in events.iterator():
            looked_at += 1
            for found in recount(event, repair=options["repair"]):
                wrong += 1
                self.stdout.write(
                    f"{event.slug}, {found.pool}: stored {found.pool.taken} ({found.pool.over} by hand), "
                    f"counted {found.counted} ({found.counted_over} by hand)"
                )
        done = " and set right" if options["repair"] else ""
        self.stdout.write(f"{looked_at} events looked at, {wrong} wrong numbers found{done if wrong else ''}")
        if wrong and not options["repair"]:
            sys.exit(1)
