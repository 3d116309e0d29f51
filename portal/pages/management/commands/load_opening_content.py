"""Brings what the portal knows on its first day. Safe to repeat: it never writes over what an officer edited."""

from typing import Any

from django.core.management.base import BaseCommand

from forums.services.content import load_programme
from portal.directory.services.content import load_countries, load_institutions
from portal.mail.services.templates import load_default_texts
from portal.pages.services.content import load_texts


class Command(BaseCommand):
    """A second run changes nothing."""

    help = "Load countries, institutions, the privacy notice, event series and past forums, each field with its source."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for title, load in (
            ("countries", load_countries),
            ("institutions", load_institutions),
            ("events and series", load_programme),
        ):
            report = load()
            self.stdout.write(
                f"{title}: {report.created} new, {report.filled} completed, {report.unchanged} left as they are"
            )
        self.stdout.write(f"text versions: {load_texts()} new")
        self.stdout.write(f"wording of messages: {load_default_texts()} new")
