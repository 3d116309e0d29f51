"""Reads the environment once, at start. A wrong or missing value stops the start and names its variable."""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
# The methods of Env bear the names of these types.
Text: TypeAlias = str
Texts: TypeAlias = list[str]
Number: TypeAlias = int
Truth: TypeAlias = bool


class Env:
    """Typed access to environment variables; faults are collected and raised together by ``check()``."""

    def __init__(self, values: Mapping[Text, Text] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.faults: Texts = []

    def _read(self, name: Text, default: T, parse: Callable[[Text], T]) -> T:
        raw = self.values.get(name)
        if raw is None or not raw.strip():
            return default
        try:
            return parse(raw.strip())
        except ValueError as error:
            self.faults.append(f"{name}: {error}")  # never the value: it may hold a password
            return default

    def str(self, name: Text, default: Text = "") -> Text:
        return self._read(name, default, lambda raw: raw)

    def int(self, name: Text, default: Number) -> Number:
        return self._read(name, default, _parse_int)

    def bool(self, name: Text, *, default: Truth = False) -> Truth:
        return self._read(name, default, _parse_bool)

    def list(self, name: Text, default: Sequence[Text] = ()) -> Texts:
        return self._read(name, list(default), lambda raw: [part.strip() for part in raw.split(",") if part.strip()])

    def choice(self, name: Text, default: Text, options: Sequence[Text]) -> Text:
        return self._read(name, default, lambda raw: _parse_choice(raw, options))

    def url(self, name: Text, default: Text, schemes: Sequence[Text]) -> SplitResult:
        return self._read(name, urlsplit(default), lambda raw: _parse_url(raw, schemes))

    def require(self, name: Text, reason: Text) -> None:
        """Record a fault when ``name`` is not set; ``reason`` says when it is needed."""
        if not self.values.get(name, "").strip():
            self.faults.append(f"{name}: must be set {reason}")

    def key(self, name: Text, folder: Path) -> Text:
        """A secret from the environment, or one made once and kept in ``folder`` (mode 600)."""
        value = self.str(name)
        return value or _kept_key(folder / name.lower())

    def check(self) -> None:
        """Raise ``ImproperlyConfigured`` with one line per fault."""
        if self.faults:
            raise ImproperlyConfigured("The environment is not right:\n  " + "\n  ".join(self.faults))


def database(url: SplitResult) -> dict[str, Any]:
    """Django's ``DATABASES`` entry for ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path),
            "TEST": {"NAME": unquote(url.path) + ".test"},  # a file: threads of a test cannot share one in memory
            # IMMEDIATE: a write transaction waits its turn at its start instead of failing at its first write.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _parse_bool(raw: str) -> bool:
    lowered = raw.lower()
    if lowered not in TRUE | FALSE:
        raise ValueError("must be 1 or 0")
    return lowered in TRUE


def _parse_int(raw: str) -> int:
    try:
        return int(raw)
    except ValueError:
        raise ValueError("must be a whole number") from None


def _parse_choice(raw: str, options: Sequence[str]) -> str:
    if raw not in options:
        raise ValueError("must be one of " + ", ".join(options))
    return raw


def _parse_url(raw: str, schemes: Sequence[str]) -> SplitResult:
    url = urlsplit(raw)
    if url.scheme not in schemes:
        raise ValueError("must begin with " + " or ".join(f"{scheme}://" for scheme in schemes))
    try:
        url.port  # noqa: B018 - reading it raises ValueError when it is no port number
    except ValueError:
        raise ValueError("the part after the last colon must be a port number") from None
    return url


def _kept_key(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and linked into place whole: two processes that start together must read one and the same key.
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text().strip()
