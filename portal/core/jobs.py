"""Long work in small steps: each row of a job is one transaction, so a worker may be killed at any moment."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.core.audit import log
from portal.core.hints import hint
from portal.core.models import Job, JobRow
from portal.core.models.jobs import JobState, RowState
from portal.core.workflow import Conflict, Transition, Workflow

logger = logging.getLogger(__name__)

Handler = Callable[[Job, JobRow], tuple[RowState, Any]]
TASK = "core.run_jobs"
LEASE = timedelta(minutes=3)  # longer than any one row may take
BATCH = 500
KEEP_ROWS = timedelta(days=30)

JOB = Workflow(
    "state",
    (
        Transition("confirm", (JobState.DRAFT,), JobState.QUEUED),
        Transition("start", (JobState.QUEUED,), JobState.RUNNING),
        Transition("finish", (JobState.RUNNING,), JobState.DONE, effects=("note_end",)),
        Transition("fail", (JobState.RUNNING,), JobState.FAILED, effects=("note_end",)),
        Transition(
            "cancel", (JobState.DRAFT, JobState.QUEUED, JobState.RUNNING), JobState.CANCELLED, effects=("note_end",)
        ),
    ),
)
_handlers: dict[str, Handler] = {}
_woken_after: dict[str, str] = {}


class LeaseLost(Exception):
    """The job was cancelled, or another worker has taken it over: what this one was doing is rolled back."""


def job_kind(name: str, *, wakes: str = "") -> Callable[[Handler], Handler]:
    """Decorator: this function does one row of the jobs of kind ``name`` and says what became of it and why.

    ``wakes`` names the task to wake once when such a job has ended, for what its rows left to be done (mail to send).

    It runs in a transaction of its own and must be idempotent: after a kill the row is done again. A
    ``ValidationError`` refuses the row with its messages. The module must be imported by its ``AppConfig.ready``.
    """

    def keep(handler: Handler) -> Handler:
        if _handlers.setdefault(name, handler) is not handler:
            raise ValueError(f"two functions do jobs of kind {name}")
        if wakes:
            _woken_after[name] = wakes
        return handler

    return keep


@transaction.atomic
def create_job(
    kind: str,
    title: Any,
    rows: Iterable[tuple[str, Mapping[str, Any]]],
    *,
    by: Any,
    params: Mapping[str, Any] | None = None,
    back_url: str = "",
    confirm: bool = False,
    numbers: Iterable[int] | None = None,
) -> Job:
    """Write a job with one step for each (label, data) of ``rows``; with ``confirm`` it waits for ``confirm_job``.

    ``back_url`` is where its page leads back to. ``params["columns"]``, a list of [key, heading], names the values of
    the rows' data (or of its "values") that stand in the download of refused rows. ``numbers``, rising, are those by
    which people find the rows (in their spreadsheet) where it is not 1, 2, 3. ``KeyError`` for an unknown kind.
    In order: the job and its rows are written, the beginning is logged, a worker is woken.
    """
    if kind not in _handlers:
        raise KeyError(kind)
    job = Job.objects.create(
        kind=kind,
        title=str(title)[:200],
        params=dict(params or {}),
        created_by=by,
        back_url=back_url,
        state=JobState.DRAFT if confirm else JobState.QUEUED,
    )
    numbered = zip(count(1) if numbers is None else numbers, rows, strict=False)
    while batch := list(islice(numbered, BATCH)):
        JobRow.objects.bulk_create(
            JobRow(job=job, number=number, label=label[:300], data=dict(data)) for number, (label, data) in batch
        )
        job.total += len(batch)
    job.save(update_fields=["total"])
    log(job, "create", by=by)
    if not confirm:
        hint(TASK)
    return job


@transaction.atomic
def confirm_job(job: Job, *, by: Any) -> None:
    """Let a job begin that waited for it. Rows that already have an outcome (refused in the preview) stay as they are.

    In order: the rows with an outcome are counted as done, the state moves (``Conflict`` when somebody was first,
    ``TransitionRefused`` when the job is past it), a worker is woken.
    """
    job.done = job.rows.exclude(state=RowState.WAITING).count()
    job.save(update_fields=["done"])
    JOB.apply(job, "confirm", by=by)
    hint(TASK)


def cancel_job(job: Job, *, by: Any) -> None:
    """Stop a job after the row it is at; what is done stays done. ``TransitionRefused`` when it is over already."""
    JOB.apply(job, "cancel", by=by)


def run_due_jobs(at: datetime | None = None) -> int:
    """Work on every job that is due until none is left; returns how many rows were done. Safe to run anywhere, twice.

    In order for each job: it is claimed by a lease, its rows are done one transaction each, it is closed. Errors of
    the database itself are raised: the lease runs out and the next sweep goes on.
    """
    done = 0
    while (job := _claim(at or timezone.now())) is not None:
        with translation.override(getattr(job.created_by, "language", "") or settings.LANGUAGE_CODE):
            done += _run(job, at)
    return done


def forget_rows(at: datetime | None = None) -> int:
    """Empty the rows of jobs that ended ``KEEP_ROWS`` ago: they hold what people's spreadsheets held.

    In order: plans that nobody confirmed for so long are cancelled; what the rows of these and of older jobs say is
    emptied, their numbers and states stay. Returns how many rows were emptied; safe to repeat.
    """
    at = at or timezone.now()
    limit = at - KEEP_ROWS
    for job in Job.objects.filter(state=JobState.DRAFT, created_at__lt=limit):
        with suppress(Conflict):  # confirmed at this very moment
            JOB.apply(job, "cancel", by="system", at=at)
    over = Q(job__finished_at__lt=limit) | Q(job__state=JobState.CANCELLED, job__created_at__lt=limit)
    full = ~Q(data={}) | ~Q(label="") | ~Q(reason="")
    return JobRow.objects.filter(over, full).update(data={}, label="", reason="")


@JOB.bind("note_end")
def _note_end(job: Job, *, by: Any, at: datetime) -> None:  # noqa: ARG001 - the signature of every effect
    job.finished_at, job.lease_until = at, None
    job.save(update_fields=["finished_at", "lease_until", "error"])


def _claim(at: datetime) -> Job | None:
    for job in Job.objects.due(at).select_related("created_by"):
        try:
            with transaction.atomic():
                if job.state == JobState.QUEUED:
                    JOB.apply(job, "start", by="system", at=at)
                _renew(job, at)
        except (Conflict, LeaseLost):
            continue
        return job
    return None


def _renew(job: Job, at: datetime) -> None:
    """Lengthen the lease, if it is still ours. In a row's transaction this also keeps everybody else off the job."""
    until = at + LEASE
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_until=job.lease_until)
    if ours.update(lease_until=until) != 1:
        raise LeaseLost
    job.lease_until = until


def _run(job: Job, at: datetime | None) -> int:
    """Do the rows that wait; returns how many. A lost lease ends it quietly: somebody else answers for the job now."""
    done = 0
    try:
        if job.kind not in _handlers:
            logger.error("no function does jobs of kind %s", job.kind)
            _close(job, "fail", at, _("No part of the portal knows how to do this. Please tell the technical staff."))
            return done
        for pk in list(job.rows.filter(state=RowState.WAITING).order_by("number").values_list("pk", flat=True)):
            _do_row(job, pk, at or timezone.now())
            done += 1
        _close(job, "finish", at)
    except LeaseLost:
        logger.info("job %s was cancelled or taken over", job.public_id)
    return done


def _do_row(job: Job, pk: int, at: datetime) -> None:
    lease = job.lease_until
    try:
        with transaction.atomic():
            _renew(job, at)
            row = job.rows.get(pk=pk)
            _note(job, pk, *_handlers[job.kind](job, row))
        return
    except (LeaseLost, OperationalError, InterfaceError):
        raise
    except ValidationError as error:
        reason = " ".join(error.messages)
    except Exception:  # whatever a handler raises costs its row, not the other rows
        logger.exception("job %s, row with key %s", job.public_id, pk)
        reason = _("An unexpected error. It is in the server’s log under job %(id)s.") % {"id": job.public_id}
    job.lease_until = lease  # the renewal was rolled back with the row
    with transaction.atomic():
        _renew(job, at)
        _note(job, pk, RowState.REFUSED, reason)


def _note(job: Job, pk: int, state: RowState, reason: Any) -> None:
    JobRow.objects.filter(pk=pk).update(state=state, reason=str(reason))
    Job.objects.filter(pk=job.pk).update(done=F("done") + 1)


def _close(job: Job, name: str, at: datetime | None, error: str = "") -> None:
    """End the job, if the lease is still ours."""
    at = at or timezone.now()
    with transaction.atomic():
        _renew(job, at)
        job.error = error
        JOB.apply(job, name, by="system", at=at)
        if job.kind in _woken_after:
            hint(_woken_after[job.kind])
