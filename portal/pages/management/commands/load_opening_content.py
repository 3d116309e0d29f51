"""Brings what the portal knows on its first day. Safe to repeat: it never writes over what an officer edited."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forums.services.content import load_programme, publish_programme
from portal.directory.services.content import load_countries, load_institutions, publish_institutions
from portal.library.services.content import load_library, publish_library
from portal.library.services.reindexing import enter_missing
from portal.mail.services.templates import load_default_texts
from portal.pages.services.content import load_texts, relate_records

LOADERS = (
    ("countries", load_countries),
    ("institutions", load_institutions),
    ("mandates, themes, strands and milestones", load_library),
    ("events and series", load_programme),
)
PUBLISHERS = (
    ("institutions shown", publish_institutions),
    ("records of the programme published", publish_library),
    ("events entered as held", publish_programme),
)


class Command(BaseCommand):
    """A second run changes nothing."""

    help = (
        "Load countries, institutions, mandates, strands, events and texts as drafts, each field with its source as a"
        " fact to confirm; what was only recalled is kept in the fact alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--publish-sourced",
            action="store_true",
            help="publish what was read in an official or published source and nobody edited; never what was recalled",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        for title, load in LOADERS:
            self.stdout.write(f"{title}: {load()}")
        self.stdout.write(f"records entered in the catalogue that had no entry: {enter_missing()} new")
        self.stdout.write(f"records related: {relate_records()} new")
        self.stdout.write(f"text versions: {load_texts()} new")
        self.stdout.write(f"wording of messages: {load_default_texts()} new")
        if options["publish_sourced"]:
            for title, publish in PUBLISHERS:
                self.stdout.write(f"{title}: {publish()} new")
