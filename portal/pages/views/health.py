"""For whoever watches the machine: does the process live, and can it do its work."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage

logger = logging.getLogger(__name__)
OUTBOX_LATE = timedelta(minutes=15)
BROKER_TIMEOUT_SECONDS = 1


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """``{"database": "ok", "cache": "ok", "broker": "ok", "outbox": "ok"}``; 503 when a word is not "ok"."""
    checks = {"database": _database, "cache": _cache, "broker": _broker, "outbox": _outbox}
    words = {name: _word(name, check) for name, check in checks.items()}
    return JsonResponse(words, status=200 if set(words.values()) == {"ok"} else 503)


def _word(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:  # whatever a broken service raises, the answer is "not ready"; the log says why
        logger.exception("not ready: %s", name)
        return "unreachable"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _cache() -> str:
    cache.set("readyz", "1", timeout=30)
    return "ok" if cache.get("readyz") is not None else "does not keep what it is given"


def _broker() -> str:
    with current_app.connection_for_write(connect_timeout=BROKER_TIMEOUT_SECONDS) as broker:
        broker.connect()
        channel: Any = broker.default_channel
        # Counts what waits in the queue: a broker that takes connections but has lost its store is found out.
        channel.queue_declare(queue=current_app.conf.task_default_queue, durable=True, auto_delete=False)
    return "ok"


def _outbox() -> str:
    late = _oldest_due()
    if late and timezone.now() - late > OUTBOX_LATE:
        return f"the oldest message waits since {late.isoformat(timespec='seconds')}"
    return "ok"


def _oldest_due() -> datetime | None:
    """Since when the oldest message waits that could go now. (Those that keep working hours may wait for days.)"""
    due = OutboxMessage.objects.filter(
        state__in=[MailState.QUEUED, MailState.RETRYING, MailState.SENDING],
        keep_window=False,
        not_before__lte=timezone.now(),
    )
    return due.aggregate(oldest=Min("not_before"))["oldest"]
