"""Releases the programme: what is edited afterwards waits for the next release."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.models import Event, ProgrammeRelease, ReleasedSession, Session
from forums.services.errors import Refused
from forums.services.listing import list_event
from forums.services.programme.snapshot import content_of, sessions_of
from portal.core.audit import log
from portal.core.pagecache import content_changed


def current_release(event: Event) -> ProgrammeRelease | None:
    """The release that is shown now."""
    return ProgrammeRelease.objects.filter(event=event, is_current=True).first()


@transaction.atomic
def release_programme(event: Event, *, by: Any, is_final: bool = False, at: datetime | None = None) -> ProgrammeRelease:
    """Show the programme as it is now to everybody who sees the event, as provisional or as final.

    In order: the earlier release is taken back, the new one written, the history, the catalogue (the event is found
    by its sessions and speakers), the public pages. ``Refused`` while there is no session.
    """
    at = at or timezone.now()
    _lock(event)
    sessions = sessions_of(event)
    if not sessions:
        raise Refused(_("There is nothing to release yet: the programme has no session."))
    rows = [_row(session, event) for session in sessions]
    release = _write(event, rows, by=by, is_final=is_final, at=at)
    log(event, "programme_released", by=by, at=at, note=str(len(rows)))
    _tell_readers(event)
    return release


@transaction.atomic
def withdraw_programme(event: Event, *, by: Any, at: datetime | None = None) -> None:
    """Take the programme off the public pages: its page and calendars no longer exist. The sessions stay.

    In order: the release, the history, the catalogue, the public pages. ``Refused`` when nothing is released.
    """
    _lock(event)
    if not ProgrammeRelease.objects.filter(event=event, is_current=True).update(is_current=False):
        raise Refused(_("The programme is not released."))
    log(event, "programme_withdrawn", by=by, at=at)
    _tell_readers(event)


@transaction.atomic
def carry_release(event: Event, *, by: Any, days: int = 0, at: datetime | None = None) -> ProgrammeRelease | None:
    """The event moved by ``days``, or to another zone: what was released, and nothing newer, is released at its new
    instants, with a new number for calendars. None when nothing is released.
    """
    at = at or timezone.now()
    release = current_release(event)
    if release is None:
        return None
    rows = [_carried(row, event, days) for row in release.sessions.all()]
    release = _write(event, rows, by=by, is_final=release.is_final, at=at)
    log(event, "programme_carried", by=by, at=at, note=str(days))
    _tell_readers(event)
    return release


@transaction.atomic
def move_sessions(event: Event, *, days: int) -> int:
    """Move every session by ``days`` with its event; gives how many there are."""
    sessions = list(Session.objects.filter(event=event))
    for session in sessions:
        session.day += timedelta(days=days)
    Session.objects.bulk_update(sessions, ["day"])
    return len(sessions)


def _lock(event: Event) -> None:
    """Two officers who release at once do so one after the other."""
    Event.objects.select_for_update().get(pk=event.pk)


def _write(event: Event, rows: list[ReleasedSession], *, by: Any, is_final: bool, at: datetime) -> ProgrammeRelease:
    ProgrammeRelease.objects.filter(event=event, is_current=True).update(is_current=False)
    user = by if hasattr(by, "pk") else None
    release = ProgrammeRelease.objects.create(event=event, released_at=at, released_by=user, is_final=is_final)
    for row in rows:
        row.release = release
    ReleasedSession.objects.bulk_create(rows)
    return release


def _tell_readers(event: Event) -> None:
    list_event(event)
    content_changed()


def _row(session: Session, event: Event) -> ReleasedSession:
    session.event = event  # its instants are those of the zone of the event
    return ReleasedSession(
        public_id=session.public_id,
        kind=session.kind,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        content=content_of(session, event),
    )


def _carried(row: ReleasedSession, event: Event, days: int) -> ReleasedSession:
    day = date.fromisoformat(row.content["day"]) + timedelta(days=days)
    content = {**row.content, "day": day.isoformat()}

    def instant(name: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(content[name]), event.zone)

    return ReleasedSession(
        public_id=row.public_id,
        kind=row.kind,
        starts_at=instant("starts"),
        ends_at=instant("ends"),
        content=content,
    )
