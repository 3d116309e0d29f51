"""The pages of forums that everybody sees: the list of events, public papers, the public list of participants."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from forums.enums import PUBLIC_EVENTS, PaperAccess
from forums.models import Event, EventPaperFile, Registration
from forums.querysets import EventQuerySet
from forums.states import next_change
from portal.core.access import get_visible_or_404
from portal.core.files import serve_file
from portal.core.pagecache import public_page, valid_until
from portal.core.times import office_day
from portal.library.views.meta import Meta

EVENTS_PER_PAGE = 20
PARTICIPANTS_PER_PAGE = 100
ABOUT = gettext_noop(
    "Meetings of the environmental cooperation between China and the ASEAN Member States: "
    "what is coming, and what was held."
)
YEAR = re.compile(r"(19|20)[0-9]{2}")


@dataclass(frozen=True)
class Section:
    """One part of the list: ``code`` is the value of ``?when=``."""

    code: str
    title: str | Promise
    page: Page


@public_page(parameters=("when",))
def event_list(request: HttpRequest) -> HttpResponse:
    """Coming events and past ones; ``?when=upcoming|past`` shows one part, ``?year=`` one year, ``?page=`` goes on."""
    at = timezone.now()
    when, year = request.GET.get("when", ""), _year(request.GET.get("year", ""))
    sections = [section for section in _sections(request, at, year) if when in ("", section.code)]
    sections = sections or _sections(request, at, year)
    shown = [event for section in sections for event in section.page.object_list]
    valid_until(request, next_change(shown, at))
    context = {
        "sections": [section for section in sections if section.page.paginator.count],
        "when": when,
        "year": year,
        "meta": Meta(gettext("Forums and workshops"), gettext(ABOUT)),
        "years": Event.objects.filter(status__in=PUBLIC_EVENTS).dates("start_day", "year", order="DESC"),
    }
    return render(request, "forums/events.html", context)


def _sections(request: HttpRequest, at: datetime, year: int | None) -> list[Section]:
    day = office_day(at)
    return [
        Section("upcoming", _("Coming up"), _page(request, Event.objects.upcoming(day), year)),
        Section("past", _("Past events"), _page(request, Event.objects.past(day), year)),
    ]


def _page(request: HttpRequest, events: EventQuerySet, year: int | None) -> Page:
    events = events.select_related("country")
    if year:
        events = events.filter(start_day__year=year)
    # A page with both parts has no number of its own; a number out of range leads to the last page.
    number = request.GET.get("page", "1") if request.GET.get("when") else "1"
    return Paginator(events, EVENTS_PER_PAGE).get_page(number)


def _year(text: str) -> int | None:
    return int(text) if YEAR.fullmatch(text) else None


def public_paper(request: HttpRequest, slug: str, *, paper: int, language: str) -> HttpResponseBase:
    """One public paper in one language, shown in the browser where that is harmless."""
    files = EventPaperFile.objects.filter(paper=paper, paper__access=PaperAccess.PUBLIC, language=language)
    found = get_object_or_404(files.select_related("file"), paper__event=find_event(request, slug))
    return serve_file(request, found.file, inline=True)


@public_page
def participant_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirmed participants who agreed to be named in public, in protocol order."""
    event = find_event(request, slug)
    people = Registration.objects.filter(event=event).named_in_public().in_protocol_order().select_related("country")
    page = Paginator(people, PARTICIPANTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "forums/participants.html", {"event": event, "page": page})


def find_event(request: HttpRequest, slug: str, events: EventQuerySet | None = None) -> Event:
    """The event, if everybody may see it; only else is the session asked whether an officer is looking at a draft."""
    events = (Event.objects.all() if events is None else events).select_related("country")
    found = next(iter(events.visible_to(AnonymousUser()).filter(slug=slug).order_by()), None)
    return found or get_visible_or_404(events, request.user, slug=slug)
