"""What invitation and registration pages say of their event, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from forums.enums import EventMode, EventStatus, PaperAccess
from forums.models import Event, EventPaper, Invitation
from portal.core.templatetags.portal import instant, worded
from portal.core.times import format_days, format_instant, zone_label

Fact = tuple[str | Promise, str | SafeString]


def event_facts(event: Event) -> list[Fact]:
    """When and where, with the zone in words. (Empty values are left out by the template.)"""
    comma = "，" if get_language() == "zh-hans" else ", "
    parts = (worded(event, "venue"), worded(event, "place"), event.country)
    place = format_html_join(comma, "{}", ((part,) for part in parts if part))
    return [
        (_("When"), _days(event)),
        (_("Begins"), instant(event.starts_at, event.time_zone) if event.start_time and event.starts_at else ""),
        (_("Where"), place if event.mode != EventMode.ONLINE else ""),
        (pgettext("mode", "Held"), event.get_mode_display()),
    ]


def _days(event: Event) -> str:
    days = format_days(event.start_day, event.end_day, event.date_precision)
    if not days:
        return _("The date is not known yet.")
    if event.start_time or event.starts_at is None:
        return days
    return f"{days} · {zone_label(event.time_zone, event.starts_at)}"


OVER = gettext_lazy("This event is over.")
NO_REGISTRATION = {
    EventStatus.DRAFT: gettext_lazy("Registration has not opened yet."),
    EventStatus.HELD: OVER,
    EventStatus.RESULTS: OVER,
    EventStatus.ARCHIVED: OVER,
    EventStatus.POSTPONED: gettext_lazy("This event is postponed. We will write to you when the new date is known."),
    EventStatus.CANCELLED: gettext_lazy("This event was cancelled."),
}


def why_closed(event: Event, at: datetime | None = None) -> str:
    """Why nobody can register or change a registration now, in one sentence; empty while it is open."""
    at = at or timezone.now()
    if event.takes_registrations(at):
        return ""
    if event.status in NO_REGISTRATION:
        return str(NO_REGISTRATION[EventStatus(event.status)])
    if event.is_over(at):
        return str(OVER)
    opens, closes = event.registration_opens, event.registration_closes_at()
    if opens and at < opens:
        return _("Registration opens on %(instant)s.") % {"instant": format_instant(opens, event.time_zone)}
    if closes is None:
        return _("Registration is closed.")
    return _("Registration closed on %(instant)s.") % {"instant": format_instant(closes, event.time_zone)}


def why_no_answer(invitation: Invitation, at: datetime | None = None) -> str:
    """Why this invitation can no longer be answered, in one sentence; empty while it can."""
    at, event = at or timezone.now(), invitation.event
    if event.answer_deadline and event.answer_deadline < at and event.status == EventStatus.ANNOUNCED:
        return _("The time to answer ended on %(instant)s.") % {
            "instant": format_instant(event.answer_deadline, event.time_zone)
        }
    return why_closed(event, at)


@dataclass(frozen=True)
class PaperLink:
    """One paper in one language."""

    title: str
    language: str
    language_code: str
    size: int
    paper_id: int


def papers_of(event: Event, *, invited: bool) -> list[PaperLink]:
    """The event's papers; those for participants only when ``invited``. The reader's language first."""
    mine = get_language()
    papers: Iterable[EventPaper] = event.papers.prefetch_related("files__file")
    if not invited:
        papers = event.papers.filter(access=PaperAccess.PUBLIC).prefetch_related("files__file")
    return [
        PaperLink(str(paper), file.get_language_display(), file.language, file.file.size, paper.pk)
        for paper in papers
        for file in sorted(paper.files.all(), key=lambda file: file.language != mine)
    ]
