"""Runs the bench and prints a table. Needs PostgreSQL (``BENCH_DATABASE_URL``, an account that may create databases)
and ``wrk``. Everything happens on loopback, in a database of its own that is dropped afterwards."""

import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg2

SERVER = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))


def main() -> None:
    """In order: a database, the settings, the measurements; database and files are removed in any case."""
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: install it (Debian: apt-get install wrk)")
    name = f"portal_bench_{token_hex(4)}"
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    sql(f'create database "{name}"')
    try:
        os.environ.update(environment(name, folder))
        # Imported by name: it reads the settings, and those read the environment.
        import_module("tests.bench.measure").measure(seconds=SECONDS)
    finally:
        sql(f'drop database if exists "{name}" with (force)')
        shutil.rmtree(folder)


def environment(name: str, folder: Path) -> dict[str, str]:
    """Production on PostgreSQL. The broker is a folder that nobody reads: hints may be lost."""
    keys = {key: token_hex(32) for key in ("SECRET_KEY", "LINK_KEYS", "FIELD_KEYS")}
    return {
        **keys,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": urlsplit(SERVER)._replace(path=f"/{name}").geturl(),
        "DATA_DIR": str(folder),
        "BASE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEMO": "1",
        "LOG_LEVEL": "ERROR",
        "API_RATE_VISITOR": "1000000",  # the load comes from one address
    }


def sql(statement: str) -> None:
    connection = psycopg2.connect(SERVER)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


if __name__ == "__main__":
    main()
