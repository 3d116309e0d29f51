"""A program that reads the API, and what it finds there."""

from typing import Any

from django.test import Client

ROOT = "/api/v1/"


def read(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    """The JSON at ``path`` below the root; fails on another status than ``status``."""
    response = client.get(ROOT + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert response.status_code == status, response.content.decode()
    return response.json()


def rows(client: Client, path: str) -> list[Any]:
    """The rows of one page of a list."""
    found: list[Any] = read(client, path)["results"]
    return found


def error(client: Client, path: str, status: int, **headers: str) -> Any:
    """What is said to have gone wrong; nothing stands beside it."""
    body = read(client, path, status, **headers)
    assert list(body) == ["error"]
    assert set(body["error"]) <= {"code", "message", "fields", "allowed"}
    return body["error"]


def opens(client: Client, url: str) -> bool:
    """Whether a visitor gets what lies at ``url``, page or file."""
    response: Any = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    return bool(response.status_code == 200)
