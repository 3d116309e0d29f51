"""Hints wake a worker after the commit. Losing one costs a minute, never a message: a sweep finds the row."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)
# With the worker's options the client tries for six seconds; a person waits for this answer.
QUICKLY = {"max_retries": 0, "socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def hint(task_name: str, *args: Any) -> None:
    """Ask for ``task_name(*args)`` once the current transaction has committed.

    Nothing is raised and nothing waits: with the broker down the hint is logged and dropped, because the
    table it points at is swept every minute. (``delay_on_commit`` would answer 500 and skip later hooks.)
    """
    transaction.on_commit(partial(_send, task_name, args), robust=True)


def _send(task_name: str, args: tuple[Any, ...]) -> None:
    try:
        with current_app.connection_for_write(transport_options=QUICKLY) as connection:
            current_app.send_task(task_name, args=args, connection=connection, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the request must not fail for it
        logger.warning("hint %s not sent, the sweep will find the work: %s", task_name, error)
