"""Writes the full-text index of the catalogue anew."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.library.kinds import all_kinds
from portal.library.services.reindexing import refill_index, reindex_kind


class Command(BaseCommand):
    help = "Writes the search index of the catalogue anew, after a new version or a repair. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in all_kinds():
            done = 0
            for batch in reindex_kind(kind):
                done += batch
                self.stdout.write(f"{kind.code}: {done} …")
            self.stdout.write(f"{kind.code}: {done} indexed")
        refill_index()
