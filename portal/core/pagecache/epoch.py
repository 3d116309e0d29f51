"""The content epoch: one unique value outside the database. While it stays the same, cached pages are good."""

import logging
import secrets
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import redis
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

logger = logging.getLogger(__name__)
REDIS_KEY = "portal:epoch"
REDIS_TIMEOUT_SECONDS = 0.2
REDIS_PAUSE_SECONDS = 5  # after a fault the pages are rendered afresh for so long, instead of waiting each time


class Place(Protocol):
    """Where the value is kept. ``read`` gives None when it cannot be read, and then nothing is cached."""

    def read(self) -> str | None: ...

    def write(self, value: str) -> None: ...


class FilePlace:
    """A file on a disk that all processes share; replaced in one step, so it is never read half written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> str | None:
        try:
            return self.path.read_text() or None
        except OSError:
            return None

    def write(self, value: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f"{self.path.name}.{value}")
        fresh.write_text(value)
        fresh.replace(self.path)


class RedisPlace:
    """A key in Redis, for processes on several hosts."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(
            url, socket_timeout=REDIS_TIMEOUT_SECONDS, socket_connect_timeout=REDIS_TIMEOUT_SECONDS
        )
        self.pause_until = 0.0

    def read(self) -> str | None:
        if time.monotonic() < self.pause_until:
            return None
        try:
            value = self.client.get(REDIS_KEY)
        except redis.RedisError:
            self.pause_until = time.monotonic() + REDIS_PAUSE_SECONDS
            return None
        return value.decode() if isinstance(value, bytes) and value else None

    def write(self, value: str) -> None:
        self.client.set(REDIS_KEY, value)


class Nowhere:
    """``EPOCH_URL=off://``: never readable, so nothing is cached."""

    def read(self) -> str | None:
        return None

    def write(self, value: str) -> None:
        """Nothing to keep."""


@lru_cache(maxsize=8)
def place(url: str) -> Place:
    """The place that ``EPOCH_URL`` names."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FilePlace(Path(unquote(parts.path)))
    return RedisPlace(url) if parts.scheme in {"redis", "rediss"} else Nowhere()


def read_epoch() -> str | None:
    """The present value; None when it cannot be read."""
    return place(settings.EPOCH_URL).read()


class _Announce:
    """The step after the commit. A class of its own, so that a second one in the same transaction can be told."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __call__(self) -> None:
        try:
            place(settings.EPOCH_URL).write(self.value)
        except (OSError, redis.RedisError):
            logger.exception("the content epoch could not be written; core.repair_epoch will do it")


def content_changed() -> None:
    """Say that something on public pages changes with the current transaction; cheap to repeat.

    In order: a row with a new unique value is added inside the transaction; after the commit the same value is
    written outside, so every cached page is stale before the change returns to whoever made it. Rows are added, never
    updated: one shared row would make all changes wait for each other and could deadlock with the seats.
    """
    connection = transaction.get_connection()
    if any(isinstance(step[1], _Announce) for step in connection.run_on_commit):
        return
    value = _new_value()
    _rows().create(value=value)
    transaction.on_commit(_Announce(value))


def repair_epoch() -> bool:
    """Make good a change that was committed but not announced (a killed process, Redis emptied); True when it did.

    All is well when the table holds one row and the outside the same value. Otherwise a fresh value takes the place
    of all rows seen and is written outside; a value once used is never used again, because pages kept under it may
    still lie in some process.
    """
    rows = list(_rows().all())
    if len(rows) == 1 and rows[0].value == read_epoch():
        return False
    value = _new_value()
    with transaction.atomic():
        _rows().filter(pk__in=[row.pk for row in rows]).delete()
        _rows().create(value=value)
        transaction.on_commit(_Announce(value))
    return True


def _new_value() -> str:
    return secrets.token_hex(16)


def _rows() -> models.Manager[Any]:
    # portal/wsgi.py imports this package before Django has loaded its models.
    return apps.get_model("core", "Epoch")._default_manager
