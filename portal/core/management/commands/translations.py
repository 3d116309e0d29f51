"""Texts in other languages: collect them, compile them, check that none is missing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.catalogues import catalogue_files, collect, compile_catalogue, faults, merge


class Command(BaseCommand):
    help = "update: collect new texts into locale/. compile: make the .mo files. check: list what is not translated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["update", "compile", "check"])
        parser.add_argument("--root", type=Path, default=settings.BASE_DIR, help="the folder that holds locale/")

    def handle(self, *args: Any, what: str, root: Path, **options: Any) -> None:
        {"update": self.update, "compile": self.compile, "check": self.check_all}[what](root)

    def update(self, root: Path) -> None:
        found = collect(root)
        for path in catalogue_files(root):
            came, went = merge(path, found)
            self.stdout.write(f"{path.relative_to(root)}: {came} new, {went} gone")

    def compile(self, root: Path) -> None:
        for path in catalogue_files(root):
            if compile_catalogue(path):
                self.stdout.write(f"compiled {path.relative_to(root)}")

    def check_all(self, root: Path) -> None:
        found = collect(root)
        lines = [
            f"{path.relative_to(root)}: {fault}" for path in catalogue_files(root) for fault in faults(path, found)
        ]
        for line in lines:
            self.stderr.write(line)
        if lines:
            raise CommandError(f"{len(lines)} texts need a translator; `make messages` collects the new ones.")
        self.stdout.write("all texts are translated")
