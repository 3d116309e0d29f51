"""Hints wake a worker after the commit. Losing one costs a minute, never a message: a sweep finds the row."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def hint(task_name: str, *args: Any) -> None:
    """Ask for ``task_name(*args)`` once the current transaction has committed.

    Nothing is raised and nothing waits: with the broker down the hint is logged and dropped, because the
    table it points at is swept every minute. (``delay_on_commit`` would answer 500 and skip later hooks.)
    """
    transaction.on_commit(partial(_send, task_name, args), robust=True)


def _send(task_name: str, args: tuple[Any, ...]) -> None:
    try:
        current_app.send_task(task_name, args=args, retry=False, ignore_result=True)
    except Exception:  # noqa: BLE001 - whatever the broker's client raises, the request must not fail for it
        logger.warning("hint %s not sent, the sweep will find the work", task_name, exc_info=True)
