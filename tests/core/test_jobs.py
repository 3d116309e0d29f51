"""Jobs: small committed steps that survive a kill, a cancel and each other."""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from portal.core.audit import history
from portal.core.jobs import (
    KEEP_ROWS,
    LEASE,
    _handlers,
    _woken_after,
    cancel_job,
    confirm_job,
    create_job,
    forget_rows,
    job_kind,
    run_due_jobs,
)
from portal.core.models import Job, TextVersion
from portal.core.models.jobs import JobState, RowState
from portal.core.workflow import TransitionRefused

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2025-10-21T09:00+08:00")


@pytest.fixture
def kind():
    """Registers a handler under the name "test" for the length of one test."""

    def register(handler, **options):
        return job_kind("test", **options)(handler)

    yield register
    _handlers.pop("test", None)
    _woken_after.pop("test", None)


def note(job, row):
    """An idempotent step: the row's text exists once, whoever does it and however often."""
    _text, is_new = TextVersion.objects.get_or_create(code="job", version=row.label, defaults={"title": row.label})
    return (RowState.CREATED, "") if is_new else (RowState.UNCHANGED, "there already")


def done(job, row):
    return RowState.DONE, ""


def rows(count):
    return [(str(number), {}) for number in range(1, count + 1)]


def states(job) -> dict:
    return {row.label: (row.state, row.reason) for row in job.rows.all()}


def test_a_job_is_done_row_by_row_and_reports_each(kind, officer):
    TextVersion.objects.create(code="job", version="2", title="2")
    kind(note)
    job = create_job("test", gettext_lazy("Three rows"), rows(3), by=officer, params={"a": 1}, back_url="/admin/")
    assert (job.state, job.total, job.title) == (JobState.QUEUED, 3, "Three rows")
    assert run_due_jobs(NOW) == 3
    job.refresh_from_db()
    assert states(job) == {"1": ("created", ""), "2": ("unchanged", "there already"), "3": ("created", "")}
    assert (job.state, job.done, job.percent) == (JobState.DONE, 3, 100)
    assert (job.finished_at, job.lease_until, job.is_over) == (NOW, None, True)
    assert {entry.action for entry in history(job)} == {"create", "start", "finish"}


def test_a_job_without_rows_is_done_at_once(kind, officer):
    kind(note)
    job = create_job("test", "Nothing", [], by=officer)
    assert run_due_jobs() == 0
    job.refresh_from_db()
    assert (job.state, job.percent) == (JobState.DONE, 100)


def test_a_job_wakes_once_who_goes_on_with_what_its_rows_left(kind, officer, django_capture_on_commit_callbacks):
    kind(done, wakes="mail.deliver")
    create_job("test", "Three rows", rows(3), by=officer)
    with django_capture_on_commit_callbacks() as hints:
        run_due_jobs(NOW)
    assert len(hints) == 1


def test_a_job_to_be_confirmed_waits_and_keeps_the_outcomes_of_its_preview(kind, officer):
    kind(note)
    job = create_job("test", "Import", rows(2), by=officer, confirm=True)
    job.rows.filter(number=1).update(state=RowState.REFUSED, reason="no name")
    assert run_due_jobs() == 0
    confirm_job(job, by=officer)
    assert run_due_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 2)
    assert states(job) == {"1": ("refused", "no name"), "2": ("created", "")}
    assert TextVersion.objects.filter(code="job").count() == 1


def test_a_job_is_confirmed_once(kind, officer):
    kind(note)
    job = create_job("test", "Import", rows(1), by=officer, confirm=True)
    confirm_job(job, by=officer)
    with pytest.raises(TransitionRefused):
        confirm_job(job, by=officer)


def test_a_refused_row_leaves_nothing_and_the_others_go_on(kind, officer):
    @kind
    def handler(job, row):
        note(job, row)
        if row.label == "1":
            raise ValidationError(["No name.", "No e-mail."])
        if row.label == "2":
            raise ZeroDivisionError
        return RowState.DONE, ""

    job = create_job("test", "Import", rows(3), by=officer)
    run_due_jobs()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 3)
    found = states(job)
    assert found["1"] == ("refused", "No name. No e-mail.")
    assert found["2"][0] == "refused"
    assert job.public_id in found["2"][1]
    assert found["3"] == ("done", "")
    assert list(TextVersion.objects.values_list("version", flat=True)) == ["3"]


def test_an_error_of_the_database_is_raised_and_the_row_is_done_after_the_lease(kind, officer):
    broken = [True]

    @kind
    def handler(job, row):
        if broken:
            raise OperationalError(broken.pop())
        return note(job, row)

    job = create_job("test", "Import", rows(1), by=officer)
    with pytest.raises(OperationalError):
        run_due_jobs(NOW)
    assert run_due_jobs(NOW + LEASE) == 0
    assert run_due_jobs(NOW + LEASE + timedelta(seconds=1)) == 1
    assert states(job) == {"1": ("created", "")}


def test_cancelling_stops_between_rows(kind, officer):
    @kind
    def handler(job, row):
        if row.label == "3":
            cancel_job(Job.objects.get(pk=job.pk), by=officer)
        return note(job, row)

    job = create_job("test", "Import", rows(5), by=officer)
    assert run_due_jobs() == 3
    job.refresh_from_db()
    assert (job.state, job.done, job.rows.filter(state=RowState.WAITING).count()) == (JobState.CANCELLED, 3, 2)
    assert job.finished_at is not None
    with pytest.raises(TransitionRefused):
        cancel_job(job, by=officer)
    assert run_due_jobs() == 0


def test_a_worker_whose_lease_was_taken_rolls_its_row_back(kind, officer):
    @kind
    def handler(job, row):
        note(job, row)
        if row.label == "2":
            Job.objects.filter(pk=job.pk).update(lease_until=NOW + timedelta(hours=1))
        return RowState.DONE, ""

    job = create_job("test", "Import", rows(4), by=officer)
    run_due_jobs(NOW)
    job.refresh_from_db()
    assert (job.state, job.done, job.rows.filter(state=RowState.WAITING).count()) == (JobState.RUNNING, 2, 2)


def test_a_job_under_a_lease_is_left_alone_until_the_lease_has_run_out(kind, officer):
    kind(note)
    job = create_job("test", "Import", rows(2), by=officer)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, lease_until=NOW)
    assert run_due_jobs(NOW) == 0
    assert run_due_jobs(NOW + timedelta(seconds=1)) == 2


def test_a_kind_nobody_knows_fails_visibly_and_stops_no_other_job(kind, officer):
    kind(note)
    lost = create_job("test", "Lost", rows(1), by=officer)
    Job.objects.filter(pk=lost.pk).update(kind="gone")
    job = create_job("test", "Import", rows(1), by=officer)
    assert run_due_jobs() == 1
    lost.refresh_from_db()
    job.refresh_from_db()
    assert (lost.state, job.state) == (JobState.FAILED, JobState.DONE)
    assert lost.error


def test_an_unknown_kind_cannot_be_begun_and_a_kind_has_one_handler(kind, officer):
    with pytest.raises(KeyError):
        create_job("unheard of", "Import", [], by=officer)
    kind(note)
    with pytest.raises(ValueError, match="test"):
        kind(done)


def test_reasons_are_in_the_language_of_who_began_the_job(kind, officer):
    officer.language = "zh-hans"
    officer.save(update_fields=["language"])

    @kind
    def skip(job, row):
        return RowState.SKIPPED, gettext_lazy("Yes")

    job = create_job("test", "Import", rows(1), by=officer)
    with translation.override("en"):
        run_due_jobs()
    assert states(job) == {"1": ("skipped", "是")}


def test_the_cost_of_a_row_does_not_grow_with_the_job(kind, officer, django_assert_num_queries):
    kind(done)
    create_job("test", "Import", rows(1), by=officer)
    with django_assert_num_queries(24):
        run_due_jobs()
    create_job("test", "Import", rows(3), by=officer)
    with django_assert_num_queries(24 + 2 * 6):
        run_due_jobs()


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_row_once(kind, officer):
    labels, lock, ready = [], threading.Lock(), threading.Barrier(2)

    @kind
    def handler(job, row):
        with lock:
            labels.append(row.label)
        return note(job, row)

    create_job("test", "Import", rows(20), by=officer)
    create_job("test", "Import", rows(20), by=officer)

    def work():
        ready.wait(10)
        run_due_jobs()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(labels) == sorted([label for label, _data in rows(20)] * 2)
    assert set(Job.objects.values_list("state", "done")) == {("done", 20)}


WORKER = """
import os, signal, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from portal.core.jobs import job_kind, run_due_jobs
from tests.core.test_jobs import note

@job_kind("test")
def handler(job, row):
    outcome = note(job, row)
    if row.label == os.environ["KILL_AT"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return outcome

run_due_jobs()
"""


def run_worker(kill_at: str = "") -> int:
    """A worker process of its own on the test's database; with ``kill_at`` it is killed in the middle of that row."""
    own = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "KILL_AT": kill_at,
    }
    return subprocess.run([sys.executable, "-c", WORKER], env=os.environ | own, check=False, timeout=120).returncode


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_row_loses_nothing_and_doubles_nothing(kind, officer):
    kind(note)
    job = create_job("test", "Import", rows(6), by=officer)
    assert run_worker(kill_at="4") == -signal.SIGKILL
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.RUNNING, 3)
    assert TextVersion.objects.filter(code="job").count() == 3
    assert run_due_jobs(timezone.now() + LEASE + timedelta(seconds=1)) == 3
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 6)
    assert set(states(job).values()) == {("created", "")}
    assert TextVersion.objects.filter(code="job").count() == 6


def test_what_the_rows_said_is_forgotten_thirty_days_after_the_end(kind, officer):
    kind(done)
    job = create_job("test", "Import", [("Somchai", {"email": "somchai@ministry.example"})], by=officer)
    run_due_jobs(NOW)
    assert forget_rows(NOW + KEEP_ROWS - timedelta(minutes=1)) == 0
    assert forget_rows(NOW + KEEP_ROWS + timedelta(minutes=1)) == 1
    row = job.rows.get()
    assert (row.data, row.label, row.reason, row.state) == ({}, "", "", RowState.DONE)
    assert forget_rows(NOW + KEEP_ROWS + timedelta(days=1)) == 0


def test_a_plan_that_nobody_confirmed_is_cancelled_and_forgotten_and_younger_ones_stay(kind, officer):
    kind(done)
    rows = [("Somchai", {"email": "somchai@ministry.example"})]
    old, young = (create_job("test", "Plan", rows, by=officer, confirm=True) for _ in range(2))
    Job.objects.filter(pk=old.pk).update(created_at=NOW - KEEP_ROWS - timedelta(minutes=1))
    Job.objects.filter(pk=young.pk).update(created_at=NOW)
    assert forget_rows(NOW) == 1
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == [JobState.CANCELLED, JobState.DRAFT]
    assert (old.rows.get().data, young.rows.get().label) == ({}, "Somchai")
