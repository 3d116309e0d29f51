"""The programme of an event as it was released: its page, and its calendar files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from forums.calendars import make_programme_calendar
from forums.enums import PUBLIC_EVENTS, PaperAccess, SessionKind
from forums.models import Event, EventPaperFile, ProgrammeRelease, ReleasedSession
from forums.states import next_change
from forums.views.public import find_event
from portal.core.pagecache import public_page, valid_until
from portal.core.times import format_days, format_full_day, zone_label

PAUSES = (SessionKind.BREAK, SessionKind.SOCIAL)
KEPT = 32  # schedules that a process keeps: some sixty kilobytes each


@dataclass(frozen=True)
class Slot:
    """The sessions that begin together. ``ends_at`` is None where they end at different times."""

    starts_at: datetime
    ends_at: datetime | None
    sessions: list[ReleasedSession]

    @property
    def is_pause(self) -> bool:
        return all(session.kind in PAUSES for session in self.sessions)


@dataclass(frozen=True)
class Day:
    """One day at the place: ``zone`` is how its clock is called."""

    date: date
    title: str
    zone: str
    slots: list[Slot]


@public_page
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Every day of the programme; it does not exist before it is released."""
    release, at = _release(request, slug), timezone.now()
    event = release.event
    valid_until(request, next_change([event], at))
    files = EventPaperFile.objects.filter(paper__event=event, paper__access=PaperAccess.PUBLIC)
    papers = tuple(files.order_by("paper_id", "language").values_list("paper_id", "language"))
    context = {
        "event": event,
        "release": release,
        "as_of": format_days(release.released_at.astimezone(event.zone).date(), None, "day"),
        "schedule": _schedule(release.pk, release.released_at, event.slug, event.time_zone, papers, get_language()),
    }
    return render(request, "forums/programme.html", context)


@public_page
def programme_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All sessions as a calendar file in the language of the page."""
    release = _release(request, slug)
    event = release.event
    return _file(make_programme_calendar(event, release, release.sessions.all()), f"{event.slug}-programme.ics")


@public_page
def session_calendar(request: HttpRequest, slug: str, session: str) -> HttpResponse:
    """One session as a calendar file."""
    release = _release(request, slug)
    event = release.event
    found = get_object_or_404(release.sessions.all(), public_id=session)
    return _file(make_programme_calendar(event, release, [found]), f"{event.slug}-{session}.ics")


def days_of(event: Event, sessions: Iterable[ReleasedSession]) -> list[Day]:
    """The sessions by day at the place and by when they begin."""
    days = groupby(sessions, key=lambda session: session.starts_at.astimezone(event.zone).date())
    return [_day(event, day, list(rows)) for day, rows in days]


def _day(event: Event, day: date, sessions: list[ReleasedSession]) -> Day:
    slots = []
    for starts_at, rows in groupby(sessions, key=lambda session: session.starts_at.astimezone(event.zone)):
        together = list(rows)
        ends = {session.ends_at for session in together}
        slots.append(Slot(starts_at, ends.pop().astimezone(event.zone) if len(ends) == 1 else None, together))
    return Day(day, format_full_day(day), zone_label(event.time_zone, slots[0].starts_at), slots)


def _release(request: HttpRequest, slug: str) -> ProgrammeRelease:
    """The release with its event in one query, if everybody may see it; only else is it looked for an officer."""
    releases = ProgrammeRelease.objects.filter(is_current=True).select_related("event__country").order_by()
    found = next(iter(releases.filter(event__slug=slug, event__status__in=PUBLIC_EVENTS)), None)
    found = found or releases.filter(event=find_event(request, slug)).first()
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=KEPT)
def _schedule(
    release: int,
    released_at: datetime,  # noqa: ARG001 - with the key it names the release for ever
    slug: str,
    zone: str,
    papers: tuple[tuple[int, str], ...],
    _language: str | None,
) -> SafeString:
    """The days as HTML. A release never changes, so each process writes it once per language, and again only when
    another paper is open or the event has another address or zone."""
    event = Event(slug=slug, time_zone=zone)
    sessions = list(ReleasedSession.objects.filter(release=release))
    for session in sessions:
        session.local_end = session.ends_at.astimezone(event.zone)  # type: ignore[attr-defined]  # for the template
        session.open_papers = _open_papers(session, papers)  # type: ignore[attr-defined]
    context = {"event": event, "days": days_of(event, sessions), "pauses": PAUSES}
    return mark_safe(render_to_string("forums/_schedule.html", context))  # noqa: S308 - a template of ours


def _open_papers(session: ReleasedSession, papers: tuple[tuple[int, str], ...]) -> list[dict[str, Any]]:
    """The released papers of a session as far as they are public still: one that was closed is gone at once."""
    names = dict(settings.LANGUAGES)
    found = [
        {**paper, "files": [(code, names[code]) for key, code in papers if key == paper["id"]]}
        for paper in session.content["papers"]
    ]
    return [paper for paper in found if paper["files"]]


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
