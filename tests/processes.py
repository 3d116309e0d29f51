"""The portal’s own processes on the test’s database: web server, worker, beat. Ended by their id after the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

ROOT = Path(__file__).resolve().parent.parent
WORKER = ["celery", "-A", "portal", "worker", "--pool=threads", "--concurrency=2", "--loglevel=WARNING"]
PATIENCE = 60  # seconds until something that must come has come


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
    """The first true answer of ``what``; fails when none came in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain")


def environment(data_dir: Path, **changed: str) -> dict[str, str]:
    """What a process needs to run on the test's database with a data folder of its own."""
    base = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": _database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "LINK_KEYS": ",".join(settings.LINK_KEYS),
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "BASE_URL": settings.BASE_URL,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }
    return {**base, **changed}


def _database_url() -> str:
    """The address of the database that the test itself uses at this moment."""
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{there['NAME']}"
    account = there["USER"] + (f":{there['PASSWORD']}" if there["PASSWORD"] else "")
    return f"postgres://{account}@{there['HOST']}:{there['PORT'] or 5432}/{there['NAME']}"


@contextmanager
def running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A process of the portal; its output goes to a file in its data folder."""
    log = Path(env["DATA_DIR"]) / f"{command[0]}-{time.monotonic_ns()}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], env=env, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def worker_running(env: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A Celery worker on the broker of this environment."""
    for folder in ("broker", "broker-control"):
        (Path(env["DATA_DIR"]) / folder).mkdir(exist_ok=True)
    with running(WORKER, env) as worker:
        yield worker


def wake_worker(env: dict[str, str], task: str = "mail.deliver") -> None:
    """What beat does every minute."""
    command = [sys.executable, "-m", "celery", "-A", "portal", "call", task]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, timeout=60)


@contextmanager
def web_server(data_dir: Path, *, workers: int = 2, **changed: str) -> Iterator[str]:
    """gunicorn as in production; yields its address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = environment(data_dir, BASE_URL=base, PORT=str(port), **changed)
    (data_dir / "static").symlink_to(_static_files())
    command = ["gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "8"]
    with running(command, env) as process:
        wait_for(lambda: _answers(base) or process.poll() is not None)
        assert process.poll() is None, "the web server did not start"
        yield base


@cache
def _static_files() -> Path:
    """The static files, collected as production does, once a run and worker."""
    there = Path(os.environ["DATA_DIR"]) / f"static-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=there, STORAGES={**settings.STORAGES, "staticfiles": manifest}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return there


def _answers(base: str) -> bool:
    try:
        with urlopen(f"{base}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
