"""Web server, worker and beat on one terminal."""

import socket
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.core.supervisor import run_together

HOST = "127.0.0.1"
GRACE_SECONDS = 6
START_SECONDS = 60
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
FONTS = {"fonts-noto-core": "NotoSans-Regular.*", "fonts-noto-cjk": "NotoSansCJK-Regular.*"}


class Command(BaseCommand):
    """Ctrl-C and TERM stop everything; if one of the three ends by itself, all stop and the exit code is not zero."""

    help = "Run web server, worker and beat together, for a trial or a small office on one machine."

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_taken_port()
        self.warn_of_missing_fonts()
        if not settings.REDIS_URL:
            Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]).mkdir(parents=True, exist_ok=True)
        fault = run_together(commands(), out=sys.stdout, grace_seconds=GRACE_SECONDS, started=self.welcome)
        if fault:
            raise CommandError(f"{fault}, so everything was stopped. What it said last stands above.")
        self.stdout.write("stopped")

    def refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, settings.PORT))
            except OSError as error:
                raise CommandError(f"Port {settings.PORT} is not free ({error}). Set PORT to another one.") from error

    def warn_of_missing_fonts(self) -> None:
        missing = missing_fonts()
        if missing:
            self.stderr.write(f"Fonts for printed papers are missing: install {' and '.join(missing)}.")

    def welcome(self) -> None:
        """Once the web server answers, say where, and how to sign in to a demonstration."""
        if not answers_within(START_SECONDS):
            return
        accounts = settings.DATA_DIR / "demo-accounts.txt"
        signs = accounts.read_text().strip() if settings.DEMO and accounts.exists() else ""
        lines = [f"The portal runs at {settings.BASE_URL}/ (administration: {settings.BASE_URL}/admin/).", signs]
        self.stdout.write("\n" + "\n".join(filter(None, lines)) + "\nCtrl-C stops it.\n")
        self.stdout.flush()


def commands() -> dict[str, list[str]]:
    """The three programs. No access log: personal links stand in addresses."""
    web = f"gunicorn portal.wsgi --bind {HOST}:{settings.PORT} --workers 2 --threads 4"
    # Two threads: one sends mail (the outbox sees to it that it is only one), one is left for jobs.
    worker = "celery -A portal --quiet worker --pool threads --concurrency 2 --without-gossip --without-mingle"
    beat = "celery -A portal --quiet beat --pidfile="
    lines = {
        "web": f"{web} --graceful-timeout 3 --log-level warning",
        "worker": f"{worker} --without-heartbeat --loglevel INFO",
        "beat": f"{beat} --loglevel WARNING",
    }
    return {name: [sys.executable, "-m", *line.split()] for name, line in lines.items()}


def missing_fonts() -> list[str]:
    """The Debian packages whose fonts are not found where fonts lie."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return [package for package, name in FONTS.items() if not any(any(folder.rglob(name)) for folder in folders)]


def answers_within(seconds: float) -> bool:
    """Whether something listens on our port before the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, settings.PORT)) == 0:
                return True
        time.sleep(0.2)
    return False
