"""Instants given on the command line (``--at``)."""

from argparse import ArgumentTypeError
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def moment(text: str) -> datetime:
    """An instant from ISO 8601, in the office's zone when it names none; ``ArgumentTypeError`` for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no date and time such as 2026-12-01T09:00+08:00") from error
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.OFFICE_TIME_ZONE))
