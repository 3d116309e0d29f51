"""Brings a fresh or an older installation to the state in which it can run. Safe to repeat."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.core.pagecache import repair_epoch


class Command(BaseCommand):
    """In order: folders, tables, cache table, static files, opening content, and with DEMO=1 the demonstration."""

    help = (
        "Migrate, collect static files, load the opening content; with DEMO=1 also demonstration content and sign-ins."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.make_folders()
        self.step("tables", "migrate", interactive=False, verbosity=0)
        self.step("cache table", "createcachetable", verbosity=0)
        self.collect_static()
        self.step("opening content", "load_opening_content", publish_sourced=True)
        if settings.DEMO:
            self.step("demonstration content", "load_demo", scale=1)
        repair_epoch()
        self.stdout.write("ready")

    def make_folders(self) -> None:
        folders: list[Path] = [settings.DATA_DIR, settings.MEDIA_ROOT]
        if not settings.REDIS_URL:
            folders += [Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])]
        for folder in folders:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def collect_static(self) -> None:
        """Collecting compresses every file, which takes long; so only when a file came, went or changed."""
        kept, now = Path(settings.STATIC_ROOT) / "collected", static_fingerprint()
        if kept.exists() and kept.read_text() == now:
            return
        self.step("static files", "collectstatic", interactive=False, verbosity=0)
        kept.write_text(now)

    def step(self, title: str, command: str, **options: Any) -> None:
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        call_command(command, stdout=self.stdout, **options)


def static_fingerprint() -> str:
    """Changes when any static file of ours or of a package does."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
