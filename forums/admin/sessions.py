"""Sessions and rooms. They are worked on from the programme of their event, where saving leads back to."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.forms.widgets import WysiwygWidget

from forums.admin.filters import EventFilter
from forums.admin.session_form import RoomForm, SessionForm, SpeakerForm, SpeakerFormSet
from forums.models import Event, Room, Session, SessionSpeaker
from portal.core.admin.base import TranslatedModelAdmin, TranslatedStackedInline
from portal.core.fields import HTMLField
from portal.core.times import format_days

FIELDS = (
    "kind",
    "title",
    "day",
    ("start_time", "end_time"),
    "room",
    "languages",
    "interpretation",
    "summary",
    "papers",
)


class OfEventAdmin(TranslatedModelAdmin):
    """What belongs to one event, named by ``?event=`` when it is added; done, the programme of the event is shown."""

    change_form_outer_before_template = "admin/forums/programme_back.html"
    list_filter = [EventFilter]

    class Media:
        css = {"all": ["admin/forums.css"]}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("event")

    @admin.display(description=gettext_lazy("event"), ordering="event")
    def of_event(self, obj: Any) -> str:
        return str(obj.event)

    def event_of(self, request: HttpRequest, obj: Any = None) -> Event | None:
        """The event of ``obj``, else the one that the address names."""
        if obj is not None:
            return obj.event
        key = request.GET.get("event", "")
        return Event.objects.visible_to(request.user).filter(pk=key).first() if _is_key(key) else None

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """Without an event there is nothing to add to: the list of events is shown."""
        if self.has_add_permission(request) and self.event_of(request) is None:
            messages.info(request, _("Open the event and its programme, then add it there."))
            return HttpResponseRedirect(reverse("admin:forums_event_changelist"))
        return super().add_view(request, form_url, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id) if object_id else None
        event = self.event_of(request, obj)
        context = {**(extra_context or {}), "event": event, "programme_url": programme_url(event) if event else ""}
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.event = self.event_of(request)
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            return HttpResponseRedirect(f"{request.path}?{urlencode(self.next_values(obj))}")
        return response

    def next_values(self, obj: Any) -> dict[str, Any]:
        """What the form of the next one begins with."""
        return {"event": obj.event_id}

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(programme_url(obj.event, getattr(obj, "day", None)))

    response_post_save_change = response_post_save_add

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        request.programme_of = obj.event  # type: ignore[attr-defined]
        super().delete_model(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)  # for what it says
        return HttpResponseRedirect(programme_url(request.programme_of))  # type: ignore[attr-defined]

    def get_actions(self, request: HttpRequest) -> Any:
        return {}  # no deleting of many


class SpeakerInline(TranslatedStackedInline):
    model = SessionSpeaker
    form = SpeakerForm
    formset = SpeakerFormSet
    fields = [("role", "order"), "name", "position", "organisation", "topic", "contact"]
    autocomplete_fields = ["contact"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The directory is not shown to those who may not look into it."""
        fields = super().get_fields(request, obj)
        sees = request.user.has_perm("directory.view_contact")
        return fields if sees else [name for name in fields if name != "contact"]


@admin.register(Session)
class SessionAdmin(OfEventAdmin):
    """Parts of a programme. Nothing of it is public before it is released."""

    form = SessionForm
    formfield_overrides = {HTMLField: {"widget": WysiwygWidget}}
    inlines = [SpeakerInline]
    fieldsets = [(None, {"fields": FIELDS})]
    list_display = ["title", "when", "room", "of_event"]
    search_fields = ["title_en", "title_zh_hans"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("room")

    @admin.display(description=gettext_lazy("when"), ordering="day")
    def when(self, session: Session) -> str:
        return f"{format_days(session.day, None, 'day')} {session.start_time:%H:%M}–{session.end_time:%H:%M}"

    def get_fieldsets(self, request: HttpRequest, obj: Session | None = None) -> Any:
        """Who may only look sees no choice of papers."""
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if may_change:
            return super().get_fieldsets(request, obj)
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name != "papers"]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        event = self.event_of(request, obj)
        kwargs["form"] = type("SessionForm", (SessionForm,), {"event": event, "__module__": __name__})
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Rooms are added from the programme: a window beside this form would not know their event."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "room":
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        event = self.event_of(request)
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"day": event.start_day if event else None} | initial

    def next_values(self, obj: Session) -> dict[str, Any]:
        """The next session begins where this one ended, in the same room."""
        return super().next_values(obj) | {
            "day": obj.day,
            "start_time": f"{obj.end_time:%H:%M}",
            "room": obj.room_id or "",
        }

    def save_related(self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "papers" in form.changed_data:
            chosen = form.cleaned_data["papers"]
            form.instance.papers.exclude(pk__in=[paper.pk for paper in chosen]).update(session=None)
            chosen.update(session=form.instance)


@admin.register(Room)
class RoomAdmin(OfEventAdmin):
    """Rooms of the venue, in the order in which parallel sessions are printed."""

    form = RoomForm
    fields = ["name", "order"]
    list_display = ["name", "of_event"]
    search_fields = ["name_en", "name_zh_hans"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        event = self.event_of(request)
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"order": event.rooms.count() + 1 if event else 0} | initial


def programme_url(event: Event, day: Any = None) -> str:
    """Where an officer works on the programme of this event."""
    url = reverse("admin:forums_event_programme", args=[event.pk])
    return f"{url}?{urlencode({'day': day})}" if day else url


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) <= 18  # noqa: PLR2004 - what a database can hold
