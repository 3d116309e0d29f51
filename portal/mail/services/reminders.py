"""Reminders: rules of the kind “tell this audience, so long before or after that moment”."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.core.hints import hint
from portal.mail.enums import Priority
from portal.mail.models import OutboxMessage, ReminderRule
from portal.mail.registry import Member, get_anchor, get_audience, get_kind, scope_is_live
from portal.mail.services.outbox import write_message

GRACE = timedelta(days=3)  # a rule made late does not speak about the far past
CHUNK = 500

logger = logging.getLogger(__name__)


def scan_reminders(at: datetime | None = None) -> int:
    """Write what the active rules of live scopes ask for at ``at``; the number of messages written.

    Safe to repeat: a person gets one message per rule and moment, and another one only when the moment has moved. Each
    message is committed by itself; the worker is woken once at the end.
    """
    at, written = at or timezone.now(), 0
    for rule in ReminderRule.objects.filter(is_active=True):
        try:
            instant = _instant(rule)
            if instant is not None and rule_is_due(rule, instant, at) and scope_is_live(rule.scope):
                written += _remind(rule, instant, at)
        except LookupError as error:
            logger.warning("reminder rule %s names something unknown: %s", rule.pk, error)
    if written:
        hint("mail.deliver")
    return written


def rule_is_due(rule: ReminderRule, instant: datetime, at: datetime) -> bool:
    """Whether the moment of the rule has come, and not so long ago that it must be let go."""
    due = instant + timedelta(hours=rule.offset_hours)
    return due <= at < due + GRACE


def _instant(rule: ReminderRule) -> datetime | None:
    get_kind(rule.kind)
    return get_anchor(rule.anchor).instant(rule.scope)


def _remind(rule: ReminderRule, instant: datetime, at: datetime) -> int:
    members = get_audience(rule.audience).members(rule.scope)
    moment = instant.astimezone(UTC).isoformat()
    keyed = {f"reminder:{rule.pk}:{to.key}:{moment}": (obj, to) for obj, to in members}
    return sum(_write(rule, key, member, at) for key, member in _not_yet_written(keyed))


def _not_yet_written(keyed: dict[str, Member]) -> Iterator[tuple[str, Member]]:
    """One query per 500 people, not one a person, because most scans find everything written."""
    keys = list(keyed)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        written = set(OutboxMessage.objects.filter(dedupe_key__in=chunk).values_list("dedupe_key", flat=True))
        yield from ((key, keyed[key]) for key in chunk if key not in written)


def _write(rule: ReminderRule, key: str, member: Member, at: datetime) -> bool:
    obj, to = member
    with transaction.atomic():
        message = write_message(
            rule.kind,
            obj,
            to,
            dedupe_key=key,
            scope=rule.scope,
            priority=Priority.BULK,
            keep_window=True,
            params={"rule": rule.pk},
            at=at,
        )
    return message is not None
