"""Deeds about a whole event, each with a page that says what will happen: its status, its dates, a copy of it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from forums.admin.event_panel import STEP_TITLES
from forums.admin.pages import admin_page, event_page, event_url
from forums.models import Event, EventPaperFile, Session
from forums.services.errors import Refused
from forums.services.events import change_status, copy_event, count_concerned, move_event
from forums.workflow import EVENT
from portal.core.admin.bulk import reason_of
from portal.core.files import serve_file
from portal.core.workflow import Conflict, TransitionRefused

WHAT_HAPPENS = {
    "announce": gettext_lazy("The event page becomes public, and people can be invited and can register."),
    "hold": gettext_lazy("The event counts as held: it moves to the past events, and nobody can register any more."),
    "record_held": gettext_lazy(
        "The event page becomes public among the past events, as that of an event which took place before the portal."
    ),
    "publish_results": gettext_lazy("The event page says that the results are published."),
    "withdraw_results": gettext_lazy(
        "The event page says that the event was held, and no longer that there are results."
    ),
    "archive": gettext_lazy("The event stays public among the past ones and is closed for the office’s work."),
    "postpone": gettext_lazy(
        "The event page says that the event is postponed. Reminders stop, and messages that still wait are cancelled."
    ),
    "cancel": gettext_lazy(
        "The event page says that the event is cancelled. Reminders stop, and messages that still wait are cancelled. "
        "This cannot be undone."
    ),
}
TELLS = ("postpone", "cancel")
DANGER = ("postpone", "cancel")


class MoveForm(forms.Form):
    """The new first day."""

    start_day = forms.DateField(label=gettext_lazy("New first day"), widget=UnfoldAdminSingleDateWidget)
    with_deadlines = forms.BooleanField(
        label=gettext_lazy("Move the deadlines by as many days"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
    )


class CopyForm(forms.Form):
    """Where the copy will be found, and when it begins."""

    slug = forms.SlugField(
        label=gettext_lazy("Address of the new event page"),
        max_length=80,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Small letters, digits and hyphens, for example “mangrove-workshop-2027”."),
    )
    start_day = forms.DateField(label=gettext_lazy("First day"), widget=UnfoldAdminSingleDateWidget)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Event.objects.filter(slug=slug).exists():
            raise ValidationError(_("Another event has this address. Add the year or the place."))
        return slug


def who_is_told(event: Event) -> str:
    """How many people a change is told to, as a sentence."""
    registered, invited = count_concerned(event)
    if not registered + invited:
        return _("Nobody is registered or invited yet, so nobody is told.")
    return " ".join(
        (
            ngettext(
                "%(count)d registered person gets a message.", "%(count)d registered people get a message.", registered
            )
            % {"count": registered},
            ngettext("%(count)d invited person too.", "%(count)d invited people too.", invited) % {"count": invited},
        )
    )


@event_page("forums.change_event")
def step(request: HttpRequest, event: Event, model_admin: ModelAdmin, name: str) -> HttpResponseBase:
    """Ask, then take the event through one transition."""
    if name not in {transition.name for transition in EVENT.available(event.status)}:
        if request.method == "POST" and name in WHAT_HAPPENS:
            messages.error(request, reason_of(TransitionRefused()))
            return HttpResponseRedirect(event_url(event))
        raise Http404
    if request.method == "POST":
        try:
            change_status(event, name, by=request.user)
        except (TransitionRefused, Conflict, Refused) as error:
            messages.error(request, reason_of(error))
        else:
            done = _("Done. “%(event)s” is now: %(status)s.")
            messages.success(request, done % {"event": event, "status": event.get_status_display()})
        return HttpResponseRedirect(event_url(event))
    told = [who_is_told(event)] if name in TELLS else []
    return _ask(request, event, model_admin, STEP_TITLES[name], [WHAT_HAPPENS[name], *told], danger=name in DANGER)


@event_page("forums.change_event")
def move(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Move all days of the event."""
    form = MoveForm(request.POST or None, initial={"start_day": event.start_day})
    if request.method == "POST" and form.is_valid():
        try:
            move_event(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("start_day", str(refusal))
        else:
            messages.success(request, _("The dates were moved. Reminders follow them by themselves."))
            return HttpResponseRedirect(event_url(event))
    lines = [
        _("The days move together. Calendar entries, reminders and the event page follow."),
        *_sessions_moved(event),
        who_is_told(event),
    ]
    return _ask(request, event, model_admin, _("Move the dates"), lines, form=form)


@event_page("forums.add_event")
def copy(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """A new draft like this event."""
    form = CopyForm(request.POST or None, initial={"start_day": _same_day_next_year(event)})
    if request.method == "POST" and form.is_valid():
        new = copy_event(event, by=request.user, **form.cleaned_data)
        messages.success(request, _("This is the copy, a draft. Look through it, then announce it."))
        return HttpResponseRedirect(event_url(new))
    lines = [
        _("Texts, series, organisers, categories with their seats, message texts and reminder rules are copied."),
        _("No person, no paper and no programme is copied. Deadlines keep their distance to the first day."),
    ]
    return _ask(request, event, model_admin, _("Copy the event"), lines, form=form)


@event_page("forums.view_eventpaper")
def paper(request: HttpRequest, event: Event, model_admin: ModelAdmin, file: int) -> HttpResponseBase:  # noqa: ARG001 - the frame of every page
    """One paper in one language, for staff."""
    row = get_object_or_404(EventPaperFile.objects.select_related("file"), pk=file, paper__event=event)
    return serve_file(request, row.file)


def _sessions_moved(event: Event) -> list[str]:
    count = Session.objects.filter(event=event).count()
    text = ngettext(
        "%(count)d session of the programme moves with them; so does what of the programme is released.",
        "%(count)d sessions of the programme move with them; so does what of the programme is released.",
        count,
    )
    return [text % {"count": count}] if count else []


def _same_day_next_year(event: Event) -> date | None:
    if event.start_day is None:
        return None
    try:
        return event.start_day.replace(year=event.start_day.year + 1)
    except ValueError:  # 29 February
        return event.start_day.replace(year=event.start_day.year + 1, day=28)


def _ask(
    request: HttpRequest,
    event: Event,
    model_admin: ModelAdmin,
    title: Any,
    lines: list[Any],
    *,
    form: forms.Form | None = None,
    danger: bool = False,
) -> HttpResponseBase:
    return admin_page(
        request,
        model_admin,
        "confirm.html",
        title,
        event=event,
        consequences=lines,
        form=form,
        button=title,
        tone="danger" if danger else "primary",
        cancel_url=event_url(event),
        media=form.media if form else "",
    )


URLS = (
    ("<int:pk>/step/<slug:name>/", "forums_event_step", step),
    ("<int:pk>/move/", "forums_event_move", move),
    ("<int:pk>/copy/", "forums_event_copy", copy),
    ("<int:pk>/papers/<int:file>/", "forums_event_paper", paper),
)
