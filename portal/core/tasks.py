"""Wake-ups of the ground floor. Each calls one service."""

from celery import shared_task

from portal.core.jobs import TASK, run_due_jobs
from portal.core.jobs import forget_rows as forget
from portal.core.pagecache import repair_epoch as repair


@shared_task(name="core.repair_epoch")
def repair_epoch() -> None:
    """Every minute: public pages learn of a change whose announcement was lost."""
    repair()


@shared_task(name=TASK)
def run_jobs() -> None:
    """When a job is queued, and every minute."""
    run_due_jobs()


@shared_task(name="core.forget_job_rows")
def forget_job_rows() -> None:
    forget()
