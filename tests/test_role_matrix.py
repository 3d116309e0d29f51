"""Every address × every role: what each of them is answered, what they read there, and that looking changes nothing.

``role_matrix.txt`` holds the expected answers and explains its letters. A new address fails the test until somebody
has decided who may enter.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.test import Client

from portal.accounts.models import User
from tests.cast import staff
from tests.everything import ADDRESS, NAME, NEED, REPORTER, addresses, path_of

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("role_matrix.txt")
ROLES = {
    "visitor": "",
    "delegate": "",
    "reader": "read-only",
    "desk": "check-in desk",
    "logistics": "logistics",
    "editor": "editor",
    "translator": "translator",
    "officer": "event officer",
    "manager": "manager",
    "superuser": "",
}
# (503 is /readyz, which says what it finds.)
LETTERS = {200: "2", 503: "2", 302: "3", 401: "T", 403: "F", 404: "4", 405: "P", 400: "9", 409: "9", 422: "9", 429: "9"}
# Who may read what was planted, anywhere but behind the person's own link.
READERS = {
    NEED: {"logistics", "officer", "manager", "superuser"},
    REPORTER: {"editor", "officer", "manager", "superuser"},
    ADDRESS: {"reader", "logistics", "officer", "manager", "superuser"},
    NAME: {"reader", "desk", "logistics", "officer", "manager", "superuser"},
}
OWN_LINK = re.compile("/(registrations|invitations)/[^/]+[.]")
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b")
# Signing in is a session; turns and codes lie in the table of the cache.
ASIDE = re.compile(r'"(django_session|core_cache)"')


def table() -> dict[str, tuple[str, str]]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    return {name: (get, post) for name, get, post in lines}


@pytest.fixture
def client_of(officer):
    """A browser in which a role is signed in."""

    def make(role: str) -> Client:
        client = Client(raise_request_exception=False)
        user = _user(role, officer)
        if user is not None:
            client.force_login(user)
        return client

    return make


def _user(role: str, officer: User) -> User | None:
    if role == "superuser":
        return User.objects.create_superuser("root@office.example", "a long pass phrase", name="Root")
    if role == "delegate":
        return User.objects.create_user("delegate@ministry.example", name="Delegate")
    if role == "officer":
        return officer
    return staff(f"{role}@office.example", ROLES[role]) if ROLES[role] else None


def letter(response: HttpResponseBase) -> str:
    if response.status_code == 302 and re.search(r"/login/|/admin/login", response.headers["Location"]):
        return "L"
    return LETTERS.get(response.status_code, str(response.status_code))


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


@contextmanager
def writes_caught() -> Iterator[list[str]]:
    """The statements that change something; none is stopped. (CaptureQueriesContext would ask SQLite to quote each.)"""
    caught: list[str] = []

    def note(execute: Callable, sql: str, *rest: Any) -> Any:
        if WRITES.match(sql) and not ASIDE.search(sql):
            caught.append(sql[:99])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield caught


def unwritten() -> Any:
    """Pages are prepared but not written out, which takes most of the time, where the answer alone is asked for."""
    return patch.object(SimpleTemplateResponse, "rendered_content", "")


def test_no_address_is_missing_from_the_table():
    assert sorted(table()) == sorted(addresses())


@pytest.mark.parametrize("role", ROLES)
def test_everybody_enters_where_the_table_says_and_nowhere_else(role, client_of, everything):
    client, place = client_of(role), list(ROLES).index(role)
    expected, found, faults = {}, {}, []
    for name, route in addresses().items():
        path = path_of(name, route, everything)
        with writes_caught() as written:
            response = client.get(path)
            page = text_of(response)
        if not OWN_LINK.search(path):
            faults += [(name, word) for word, may in READERS.items() if word in page and role not in may]
        faults += [(name, sql) for sql in written]
        with nullcontext() if role == "superuser" else unwritten():  # who may see every page, sees it whole
            found[name] = letter(response) + _posted(client, path)
        expected[name] = "".join(answers[place] for answers in table()[name])
    assert faults == []
    assert found == expected


@pytest.mark.parametrize("role", ["visitor", "officer"])
def test_asking_for_the_head_of_a_page_changes_nothing(role, client_of, everything):
    """That writing a page out changes nothing either is seen above, where each is asked for whole."""
    client, written = client_of(role), []
    for name, route in addresses().items():
        with writes_caught() as caught, unwritten():
            response = client.head(path_of(name, route, everything))
        for close in response._resource_closers:  # a server does; close() would end the test's transaction as well
            close()
        written += [(name, sql) for sql in caught]
    assert written == []


def _posted(client: Client, path: str) -> str:
    """The letter of the answer to an empty POST; what it did is undone, signing out included."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.post(path)
        text_of(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return letter(response)
