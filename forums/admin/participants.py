"""Participants of an event in protocol order: to read, to print, to take along as a spreadsheet."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from forums.admin.pages import admin_page, event_page
from forums.enums import RegistrationStatus
from forums.models import Event, Registration
from portal.core.audit import log
from portal.core.sheets import sheet_response
from portal.core.times import format_days, format_instant, office_day

CONFIRMED, TENTATIVE = "confirmed", "tentative"
STATUSES = {
    CONFIRMED: (RegistrationStatus.CONFIRMED,),
    TENTATIVE: (RegistrationStatus.CONFIRMED, RegistrationStatus.PENDING, RegistrationStatus.WAITLISTED),
}
NEEDS = ("diet", "diet_note", "access_needs")
COLUMNS: tuple[tuple[str, Any], ...] = (
    ("number", gettext_lazy("No.")),
    ("country", gettext_lazy("Country")),
    ("title", gettext_lazy("Title")),
    ("full_name", gettext_lazy("Full name")),
    ("family_name", gettext_lazy("Family name")),
    ("native_name", gettext_lazy("Name in own script")),
    ("badge_name", gettext_lazy("Name on badge")),
    ("position", gettext_lazy("Position")),
    ("department", gettext_lazy("Department")),
    ("organisation_name", gettext_lazy("Organisation")),
    ("category", gettext_lazy("Category")),
    ("mode", gettext_lazy("Takes part")),
    ("status", gettext_lazy("Status")),
    ("email", gettext_lazy("E-mail address")),
    ("phone", gettext_lazy("Telephone")),
    ("assistant_name", gettext_lazy("Assistant")),
    ("assistant_email", gettext_lazy("Assistant’s e-mail address")),
    ("language", gettext_lazy("Language of our mail")),
    ("interpretation", gettext_lazy("Interpretation needed into")),
    ("list_consent", gettext_lazy("May be named")),
    ("submitted", gettext_lazy("Registered on")),
    ("diet", gettext_lazy("Food")),
    ("diet_note", gettext_lazy("More about food and allergies")),
    ("access_needs", gettext_lazy("Access and other needs")),
)
IN_WORDS = ("status", "mode", "language", "list_consent", "diet")


def participants_of(event: Event, which: str) -> QuerySet[Registration]:
    """The confirmed, or with ``tentative`` also those who wait, in protocol order."""
    people = Registration.objects.filter(event=event, status__in=STATUSES[which])
    return people.select_related("country", "category").in_protocol_order()


@event_page("forums.view_participants")
def participants(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """The list on one page, for the screen and for paper."""
    which = TENTATIVE if request.GET.get("which") == TENTATIVE else CONFIRMED
    people = list(participants_of(event, which))
    groups = [(heading, list(members)) for heading, members in groupby(people, key=lambda person: person.heading)]
    return admin_page(
        request,
        model_admin,
        "participants.html",
        _("Participants: %(event)s") % {"event": event.title},
        event=event,
        which=which,
        groups=groups,
        count=len(people),
        days=format_days(event.start_day, event.end_day, event.date_precision),
        as_of=format_instant(timezone.now(), event.time_zone),
        may_export=request.user.has_perm("forums.view_registration"),
        may_see_needs=request.user.has_perm("forums.view_needs"),
    )


@event_page("forums.view_participants", "forums.view_registration")
def export(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:  # noqa: ARG001 - the frame of every page
    """The same as a spreadsheet. Logged, with or without the needs of diet and access."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    which = TENTATIVE if request.POST.get("which") == TENTATIVE else CONFIRMED
    kind = "csv" if request.POST.get("format") == "csv" else "xlsx"
    with_needs = "needs" in request.POST
    if with_needs and not request.user.has_perm("forums.view_needs"):
        raise PermissionDenied
    columns = [column for column in COLUMNS if with_needs or column[0] not in NEEDS]
    log(event, "export", by=request.user, note=f"{which}, {kind}{', needs' if with_needs else ''}")
    rows = list(_rows(participants_of(event, which)))  # now, while the officer's language is active
    return sheet_response(f"{event.slug}-participants", kind, columns, rows)


def _rows(people: Iterable[Registration]) -> Iterator[dict[str, Any]]:
    for number, person in enumerate(people, 1):
        row = {code: getattr(person, code, "") for code, _heading in COLUMNS}
        row |= {name: str(getattr(person, f"get_{name}_display")()) for name in IN_WORDS}
        yield row | {
            "number": number,
            "country": str(person.country or ""),
            "category": str(person.category),
            "submitted": office_day(person.submitted_at) if person.submitted_at else None,
        }


URLS = (
    ("<int:pk>/participants/", "forums_event_participants", participants),
    ("<int:pk>/participants/export/", "forums_event_export", export),
)
