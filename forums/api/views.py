"""Events and sessions, to read."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from forums.api.serializers import EventDetailSerializer, EventSerializer
from forums.api.sessions import SessionSerializer
from forums.enums import PUBLIC_EVENTS, EventKind, EventMode, PaperAccess, SessionKind
from forums.models import (
    Event,
    EventEdition,
    EventOrganiser,
    EventPaper,
    EventPaperFile,
    EventSeries,
    Outcome,
    ProgrammeRelease,
    ReleasedSession,
)
from forums.querysets import EventQuerySet
from portal.core.api.filters import Choice, Code, Day, Filter, Flag, Year
from portal.core.api.views import PublicResource
from portal.core.times import next_office_day
from portal.directory.api.views import country_filter
from portal.library.api.views import theme_filter
from portal.library.languages import LANGUAGE_ORDER
from portal.library.models import CatalogueItem, Theme


def public_events() -> EventQuerySet:
    """The events that everybody can see."""
    events: Any = Event.objects.all()
    found: EventQuerySet = events.visible_to(AnonymousUser())
    return found


def _coming(rows: Any, is_wanted: bool) -> QuerySet:  # noqa: FBT001 - the value of a filter
    return rows.upcoming() if is_wanted else rows.exclude(pk__in=Event.objects.upcoming().values("pk"))


def _lasts_from(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(Q(end_day__gte=day) | Q(end_day__isnull=True, start_day__gte=day))


class Events(PublicResource):
    """Forums, workshops and other meetings, the latest first; with `upcoming=true`, the soonest first."""

    serializer_class = EventSerializer
    detail_serializer_class = EventDetailSerializer
    lookup_field = "slug"
    filters: ClassVar[list[Filter]] = [
        Choice("kind", "What sort of meeting it is.", "kind", values=EventKind.values),
        Choice("status", "How far it has come.", "status", values=list(PUBLIC_EVENTS)),
        Code("series", "The slug of a series.", "series__slug", among=EventSeries.objects.all),
        country_filter("country__code"),
        Year("year", "The year in which it begins.", "start_day__year"),
        theme_filter(),
        Day("from", "It lasts at least until this day.", _lasts_from),
        Day("to", "It begins on this day at the latest.", "start_day__lte"),
        Choice("mode", "How it is held.", "mode", values=EventMode.values),
        Flag("upcoming", "Announced or postponed, and not over.", _coming),
    ]

    def changes_after(self, at: datetime) -> datetime:
        """What is coming changes with the day at the office; an outcome may become public at an hour."""
        change = CatalogueItem.objects.next_change(at)
        return min(filter(None, (next_office_day(at), change)))

    def get_queryset(self) -> QuerySet[Event]:
        # Into lists: a related manager for each row would take longer than the queries.
        editions = Prefetch("editions", EventEdition.objects.select_related("series"), to_attr="listed_editions")
        themes = Prefetch("themes", Theme.objects.all(), to_attr="listed_themes")
        rows = public_events().order_by(F("start_day").desc(nulls_last=True), "-pk")
        rows = rows.select_related("country").prefetch_related(editions, themes)
        return _with_details(rows) if self.action == "retrieve" else rows


def _with_details(rows: QuerySet) -> QuerySet[Event]:
    files = EventPaperFile.objects.select_related("file", "paper__event")
    papers = EventPaper.objects.filter(access=PaperAccess.PUBLIC, files__isnull=False).distinct()
    outcome: Any = Outcome.objects
    return rows.annotate(has_outcome=Exists(outcome.open().filter(event=OuterRef("pk")))).prefetch_related(
        Prefetch("event_organisers", EventOrganiser.objects.select_related("organisation")),
        Prefetch("papers", papers.prefetch_related(Prefetch("files", files)), to_attr="public_papers"),
        Prefetch("releases", ProgrammeRelease.objects.filter(is_current=True), to_attr="current_releases"),
    )


class Sessions(PublicResource):
    """The sessions of released programmes, in the order of the clock."""

    serializer_class = SessionSerializer
    lookup_field = "public_id"
    filters: ClassVar[list[Filter]] = [
        Code("event", "The slug of an event.", "release__event__slug", among=public_events),
        Day("day", "The day at the place.", lambda rows, day: rows.filter(content__day=day.isoformat())),
        Choice("kind", "What part of a programme it is.", "kind", values=SessionKind.values),
        Choice(
            "language",
            "A language of work or of interpretation.",
            lambda rows, code: rows.filter(_speaks(code)),
            values=LANGUAGE_ORDER,
        ),
    ]

    def get_queryset(self) -> QuerySet[ReleasedSession]:
        sessions: Any = ReleasedSession.objects
        found: QuerySet[ReleasedSession] = sessions.public()
        return found


def _speaks(code: str) -> Q:
    """Read as text: SQLite cannot ask what a JSON list contains."""
    return Q(content__languages__icontains=f'"{code}"') | Q(content__interpretation__icontains=f'"{code}"')
