"""Hints wake a worker; with the broker down nobody notices."""

import pytest
from django.db import transaction

from portal.celery import app
from portal.core.audit import log
from portal.core.hints import hint
from portal.core.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def use_broker():
    """Points the application at another broker for the length of one test."""
    names = ("broker_url", "broker_write_url", "broker_transport", "broker_transport_options")
    before = {name: getattr(app.conf, name) for name in names}

    def use(url, folder):
        folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(folder))
        transport = "portal.core.broker:Transport" if url.startswith("filesystem") else None
        app.conf.update(
            broker_url=url, broker_write_url=url, broker_transport=transport, broker_transport_options=folders
        )

    yield use
    app.conf.update(before)


@pytest.fixture(params=[("redis://127.0.0.1:1/0", "Connection refused"), ("filesystem://", "Not a directory")])
def broker_down(request, use_broker, tmp_path):
    """A broker nobody answers for (a closed port, a folder that is a file); gives the words of its error."""
    address, complaint = request.param
    (tmp_path / "broker").write_text("")
    use_broker(address, tmp_path / "broker")
    return complaint


def test_with_the_broker_down_the_work_is_committed_and_later_hooks_run(broker_down, officer, caplog):
    later: list[str] = []
    with transaction.atomic():
        log(officer, "test")
        hint("core.run_jobs")
        hint("mail.deliver", 1)
        transaction.on_commit(lambda: later.append("ran"))
    assert AuditEntry.objects.filter(action="test").count() == 1
    assert later == ["ran"]
    warnings = [record.getMessage() for record in caplog.records if record.name == "portal.core.hints"]
    assert ["core.run_jobs" in warnings[0], "mail.deliver" in warnings[1]] == [True, True]
    assert all(broker_down in warning for warning in warnings)


def test_a_hint_reaches_the_broker_after_the_commit_and_not_before(use_broker, tmp_path):
    folder = tmp_path / "broker"
    folder.mkdir()
    use_broker("filesystem://", folder)
    with transaction.atomic():
        hint("core.run_jobs")
        assert not list(folder.iterdir())
    assert any("core.run_jobs" in file.read_text() for file in folder.iterdir() if file.is_file())


def test_a_transaction_that_fails_wakes_nobody(broker_down, caplog):
    with transaction.atomic():
        hint("core.run_jobs")
        transaction.set_rollback(True)
    assert not caplog.records
