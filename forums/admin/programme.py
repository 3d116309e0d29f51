"""The programme of an event for the office: a day at a time, its rooms, and what of it is released."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldBooleanWidget

from forums.admin.pages import admin_page, event_page
from forums.admin.sessions import programme_url
from forums.enums import PUBLIC_EVENTS
from forums.models import Event, ProgrammeRelease, Session
from forums.services.errors import Refused
from forums.services.programme.clashes import sessions_outside
from forums.services.programme.differences import Differences, differences
from forums.services.programme.release import current_release, release_programme, withdraw_programme
from portal.core.times import format_full_day, format_instant, zone_label

MAY_RELEASE = "forums.change_event"


class ReleaseForm(forms.Form):
    """Whether what is released will still change."""

    is_final = forms.BooleanField(
        label=gettext_lazy("This is the final programme"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy("Without a tick the page says “provisional, as of” with the day of the release."),
    )


@event_page("forums.view_session")
def programme(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """One day of the programme (``?day=``, else the first with sessions)."""
    counts = dict(Session.objects.filter(event=event).order_by().values_list("day").annotate(Count("pk")))
    day = _chosen_day(request.GET.get("day", ""), event, counts)
    sessions = (
        Session.objects.filter(event=event, day=day or date.min).select_related("room").prefetch_related("speakers")
    )
    release = current_release(event)
    return admin_page(
        request,
        model_admin,
        "programme.html",
        _("Programme: %(event)s") % {"event": event},
        event=event,
        days=[(one, format_full_day(one), counts.get(one, 0)) for one in sorted(_days(event, counts))],
        day=day,
        sessions=list(sessions),
        rooms=event.rooms.all(),
        release=release,
        released=_instant(release, event),
        zone=zone_label(event.time_zone, timezone.now()),
        differences=differences(event) if release else None,
        outside=sessions_outside(event),
        event_key=str(event.pk),
        is_public=event.status in PUBLIC_EVENTS,
        may_edit=request.user.has_perm("forums.add_session"),
        may_release=request.user.has_perm(MAY_RELEASE),
    )


@event_page(MAY_RELEASE)
def release(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Say what would change for the readers, then release."""
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            release_programme(event, by=request.user, is_final=form.cleaned_data["is_final"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _told(event))
        return HttpResponseRedirect(programme_url(event))
    found, last = differences(event), current_release(event)
    return admin_page(
        request,
        model_admin,
        "programme_release.html",
        _("Release the programme"),
        event=event,
        last=_instant(last, event),
        groups=_groups(found, is_first=last is None),
        is_empty=not found,
        outside=sessions_outside(event),
        form=form,
        cancel_url=programme_url(event),
    )


@event_page(MAY_RELEASE)
def withdraw(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Ask, then take the programme off the public pages."""
    if request.method == "POST":
        try:
            withdraw_programme(event, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The programme is no longer public. Its sessions are all still here."))
        return HttpResponseRedirect(programme_url(event))
    title = _("Withdraw the programme")
    lines = [
        _("The page of the programme and its calendar files will no longer exist until you release it again."),
        _("The sessions stay as they are here."),
    ]
    return admin_page(
        request,
        model_admin,
        "confirm.html",
        title,
        event=event,
        consequences=lines,
        button=title,
        tone="danger",
        cancel_url=programme_url(event),
    )


def _told(event: Event) -> str:
    if event.status in PUBLIC_EVENTS:
        return _("The programme is released: everybody can see it now.")
    return _("The programme is released; everybody will see it when the event is announced.")


def _instant(found: ProgrammeRelease | None, event: Event) -> str:
    return format_instant(found.released_at, event.time_zone) if found else ""


def _groups(found: Differences, *, is_first: bool) -> list[tuple[Any, Any]]:
    if is_first:
        return [(_("All sessions, for the first time"), found.added)]
    groups = [(_("New"), found.added), (_("Changed"), found.changed), (_("No longer there"), found.removed)]
    return [(heading, rows) for heading, rows in groups if rows]


def _chosen_day(text: str, event: Event, counts: dict[date, int]) -> date | None:
    days = sorted(_days(event, counts))
    asked = next((day for day in days if day.isoformat() == text), None)
    return asked or min(counts, default=event.start_day)


def _days(event: Event, counts: dict[date, int]) -> set[date]:
    """The days of the event and every other on which there is a session."""
    days = set(counts)
    if event.start_day:
        last = min((event.end_day or event.start_day).toordinal(), event.start_day.toordinal() + 30)
        days |= {date.fromordinal(number) for number in range(event.start_day.toordinal(), last + 1)}
    return days


URLS = (
    ("<int:pk>/programme/", "forums_event_programme", programme),
    ("<int:pk>/programme/release/", "forums_event_programme_release", release),
    ("<int:pk>/programme/withdraw/", "forums_event_programme_withdraw", withdraw),
)
