"""Wake-ups of the ground floor. Each calls one service."""

from celery import shared_task

from portal.core.jobs import TASK, run_due_jobs
from portal.core.pagecache import repair_epoch as repair


@shared_task(name="core.repair_epoch")
def repair_epoch() -> None:
    repair()


@shared_task(name=TASK)
def run_jobs() -> None:
    run_due_jobs()
