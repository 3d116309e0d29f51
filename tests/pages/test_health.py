"""/healthz and /readyz."""

from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.utils import timezone

from portal.mail.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _broker(tmp_path: Path, monkeypatch) -> None:
    """A filesystem broker of this test's own."""
    folder = tmp_path / "broker"
    folder.mkdir()
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(tmp_path / "c")}
    monkeypatch.setitem(current_app.conf, "broker_write_url", "filesystem://")
    monkeypatch.setitem(current_app.conf, "broker_transport_options", options)


def queue(minutes: int, **fields) -> None:
    due = timezone.now() - timedelta(minutes=minutes)
    OutboxMessage.objects.create(kind="test", dedupe_key=str(minutes), language="en", not_before=due, **fields)


def test_the_process_answers(client):
    assert client.get("/healthz").content == b"ok\n"


def test_all_is_well(client):
    queue(minutes=1)
    response = client.get("/readyz")
    assert response.json() == {"database": "ok", "cache": "ok", "broker": "ok", "outbox": "ok"}
    assert response.status_code == 200


def test_a_message_that_waits_too_long_is_told(client):
    queue(minutes=16)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["outbox"].startswith("the oldest message waits since ")


@pytest.mark.parametrize("fields", [{"state": "sent"}, {"state": "held"}, {"keep_window": True}])
def test_messages_that_need_not_go_now_are_no_fault(client, fields):
    queue(minutes=600, **fields)
    assert client.get("/readyz").status_code == 200


def test_a_broker_that_cannot_be_reached_is_told(client, tmp_path):
    (tmp_path / "broker").rmdir()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["broker"] == "unreachable"
