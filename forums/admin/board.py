"""The board of an event: countries by state of answers, every number a link to the people behind it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from forums.admin.event_panel import list_url
from forums.admin.filters import NOWHERE
from forums.admin.pages import admin_page, event_page
from forums.enums import InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Registration
from portal.directory.enums import Party
from portal.directory.models import Country

I, R = InvitationStatus, RegistrationStatus
# Heading, whose list the number opens, the status it counts ("" for all).
COLUMNS: tuple[tuple[Any, str, str], ...] = (
    (gettext_lazy("invited"), "invitation", ""),
    (gettext_lazy("not answered"), "invitation", I.PENDING),
    (gettext_lazy("accepted"), "invitation", I.ACCEPTED),
    (gettext_lazy("declined"), "invitation", I.DECLINED),
    (gettext_lazy("expired"), "invitation", I.EXPIRED),
    (gettext_lazy("draft"), "registration", R.DRAFT),
    (gettext_lazy("to approve"), "registration", R.PENDING),
    (gettext_lazy("waiting list"), "registration", R.WAITLISTED),
    (gettext_lazy("confirmed"), "registration", R.CONFIRMED),
)


@dataclass(frozen=True)
class Cell:
    """One number and the list behind it."""

    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """One country, or all together."""

    label: Any
    cells: list[Cell]


@event_page("forums.view_registration", "forums.view_invitation")
def board(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Countries × state of answers."""
    rows, total = make_board(event)
    title = _("Board: %(event)s") % {"event": event}
    headings = [heading for heading, _model, _status in COLUMNS]
    return admin_page(request, model_admin, "board.html", title, event=event, headings=headings, rows=rows, total=total)


def make_board(event: Event) -> tuple[list[Row], Row]:
    """Rows in protocol order and their total, by three queries. Parties always have a row, others with people in it."""
    counts = _counts(event)
    codes = {code for code, _model, _status in counts}
    countries = [
        country for country in Country.objects.in_order() if country.code in codes or country.party != Party.OTHER
    ]
    rows = [_row(event, counts, country.code, country.name) for country in countries]
    if None in codes:
        rows.append(_row(event, counts, None, _("no country")))
    return rows, _row(event, _summed(counts), "", _("All"))


Counts = Counter[tuple[str | None, str, str]]


def _counts(event: Event) -> Counts:
    counts: Counts = Counter()
    sources = (("invitation", Invitation, "contact__country__code"), ("registration", Registration, "country__code"))
    for name, model, country in sources:
        found = model._default_manager.filter(event=event).order_by().values_list(country, "status")
        for code, status, count in found.annotate(n=Count("pk")):
            counts[code, name, status] += count
            if status != I.WITHDRAWN:
                counts[code, name, ""] += count
    return counts


def _summed(counts: Counts) -> Counts:
    total: Counts = Counter()
    for (_code, name, status), count in counts.items():
        total["", name, status] += count
    return total


def _row(event: Event, counts: Counts, code: str | None, label: Any) -> Row:
    country = NOWHERE if code is None else code
    return Row(
        label,
        [
            Cell(counts[code, model, status], list_url(model, event, country=country, status=status))
            for _heading, model, status in COLUMNS
        ],
    )


URLS = (("<int:pk>/board/", "forums_event_board", board),)
