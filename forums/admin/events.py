"""Events: the list, and one place for an event with its people, seats, papers and mails."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.forms import BaseModelForm, BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.contrib.forms.widgets import WysiwygWidget
from unfold.decorators import display

from forums.admin import (
    board,
    event_pages,
    invite,
    outcome_pages,
    participants,
    programme,
    programme_import,
    public_link,
    reminders,
    upload,
)
from forums.admin.event_form import DEADLINES, DETAILS, EventForm
from forums.admin.event_inlines import CategoryInline, EditionInline, OrganiserInline, PaperInline, upload_name
from forums.admin.event_panel import panel
from forums.admin.filters import YearFilter
from forums.admin.numbers import numbers_of
from forums.enums import EventStatus
from forums.models import Category, Event, EventPaper, EventPaperFile, EventSeries
from forums.services import seats
from forums.services.errors import Refused
from forums.services.events import details_changed
from forums.services.furnishing import furnish_event
from forums.services.listing import list_event, unlist_event
from forums.services.programme import carry_release
from portal.core.admin.base import TranslatedModelAdmin
from portal.core.admin.changes import changed_columns
from portal.core.admin.renewing import RenewsPagesWhenDeleted
from portal.core.audit import log
from portal.core.fields import HTMLField
from portal.core.files import store_upload
from portal.core.pagecache import content_changed
from portal.core.times import format_days, format_instant

TEXTS = ("title", "short_title", "theme", "summary")
TEXT_COLUMNS = tuple(f"{name}_{language}" for name in TEXTS for language in ("en", "zh_hans"))
# What those who edit texts alone, or only look, see beside the texts.
ONLY_READ = (
    "kind", "mode", "days", "where", "venue_en", "venue_zh_hans", "slug", "contact_email",
    *(f"{name}_there" for name in DEADLINES),
)  # fmt: skip
PAPER = "forums.paper"
STEPS = {
    "announce": _("announced"),
    "hold": _("marked as held"),
    "record_held": _("recorded as held before"),
    "publish_results": _("results published"),
    "withdraw_results": _("results taken back"),
    "archive": _("archived"),
    "postpone": _("postponed"),
    "cancel": _("cancelled"),
    "move": _("moved"),
    "copy": _("copied from “{note}”"),
    "export": _("participants exported"),
    "seats": _("number of seats changed"),
    "reminders": _("reminders changed"),
    "programme_released": _("programme released, sessions: {note}"),
    "programme_withdrawn": _("programme withdrawn"),
    "programme_carried": _("released programme moved with the event, days: {note}"),
}


@admin.register(EventSeries)
class EventSeriesAdmin(RenewsPagesWhenDeleted, TranslatedModelAdmin):
    """Forums and workshops that come back."""

    list_display = ["name", "slug"]
    search_fields = ["name_en", "name_zh_hans"]
    prepopulated_fields = {"slug": ["name_en"]}

    def save_model(self, request: HttpRequest, obj: EventSeries, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for event in obj.events.select_related("country"):
            list_event(event)  # it is found by the names of its series
        content_changed()  # event pages name their series


@admin.register(Event)
class EventAdmin(TranslatedModelAdmin):
    """Events. The status moves by the buttons alone, seats by their service."""

    form = EventForm
    list_display = ["title", "days", "where", "tag", "confirmed_of_seats", "answers_pending"]
    list_filter = ["status", "kind", YearFilter, ("series", RelatedDropdownFilter)]
    search_fields = ["title_en", "title_zh_hans", "short_title_en", "short_title_zh_hans", "slug", "place_en"]
    autocomplete_fields = ["country", "themes"]
    prepopulated_fields = {"slug": ["title_en"]}
    formfield_overrides = {HTMLField: {"widget": WysiwygWidget}, models.URLField: {"assume_scheme": "https"}}
    inlines = [CategoryInline, PaperInline, OrganiserInline, EditionInline]
    change_form_outer_before_template = "admin/forums/event_panel.html"
    history_actions = STEPS

    class Media:
        css = {"all": ["admin/forums.css"]}

    fieldsets = [
        (
            _("About"),
            {"classes": ["tab"], "fields": [*TEXTS, "kind", "themes", "languages", "slug", "contact_email", "is_demo"]},
        ),
        (
            _("When and where"),
            {
                "classes": ["tab"],
                "fields": [
                    ("start_day", "end_day"), ("start_time", "end_time"), "time_zone", "date_precision", "mode",
                    "country", "place", "venue", "online_url", "tell_all",
                ],
            },
        ),
        (_("Deadlines and seats"), {"classes": ["tab"], "fields": [*DEADLINES, "is_open", "seats"]}),
    ]  # fmt: skip
    custom_urls = (
        *event_pages.URLS,
        *outcome_pages.EVENT_URLS,
        *programme.URLS,
        *programme_import.URLS,
        *invite.URLS,
        *upload.URLS,
        *board.URLS,
        *participants.URLS,
        *public_link.URLS,
        *reminders.URLS,
    )

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Event]:
        return super().get_queryset(request).select_related("country")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The figures of the page by one query."""
        changelist = super().get_changelist_instance(request)
        numbers = numbers_of(changelist.result_list)
        for event in changelist.result_list:
            event.numbers = numbers[event.pk]
        return changelist

    @display(description=_("dates"), ordering="start_day")
    def days(self, event: Event) -> str:
        return format_days(event.start_day, event.end_day, event.date_precision)

    @display(description=_("place"))
    def where(self, event: Event) -> str:
        return ", ".join(part for part in (event.place, str(event.country or "")) if part)

    @display(
        description=_("status"),
        ordering="status",
        label={
            EventStatus.DRAFT: "warning",
            EventStatus.ANNOUNCED: "success",
            EventStatus.HELD: "info",
            EventStatus.POSTPONED: "danger",
            EventStatus.CANCELLED: "danger",
        },
    )
    def tag(self, event: Event) -> tuple[str, str]:
        return event.status, event.get_status_display()

    @display(description=_("confirmed / seats"))
    def confirmed_of_seats(self, event: Any) -> str:
        return str(event.numbers.confirmed_of_seats)

    @display(description=_("not answered"))
    def answers_pending(self, event: Any) -> int:
        return int(event.numbers.unanswered)

    # --- who may do what ---

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors and translators change the texts of an event, and nothing else of it."""
        return super().has_change_permission(request, obj) or request.user.has_perm("forums.edit_event_texts")

    def _edits_all(self, request: HttpRequest) -> bool:
        return request.user.has_perm("forums.change_event")

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        if self._edits_all(request):
            return self._without_news(super().get_fieldsets(request, obj), obj)
        return [(None, {"fields": [*TEXT_COLUMNS, *ONLY_READ]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if not self._edits_all(request):
            kwargs["form"] = ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def _without_news(self, fieldsets: Any, event: Event | None) -> Any:
        """Nobody is told of a change of what is not announced."""
        if event is not None and event.status == EventStatus.ANNOUNCED:
            return fieldsets
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name != "tell_all"]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> list[str]:
        fixed = [*super().get_readonly_fields(request, obj)]
        if not self._edits_all(request):
            fixed += ONLY_READ
        return fixed

    def get_prepopulated_fields(self, request: HttpRequest, obj: Event | None = None) -> Any:
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever announced is cancelled, not deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == EventStatus.DRAFT)

    def get_actions(self, request: HttpRequest) -> Any:
        return {}  # no deleting of many

    @display(description=_("registration opens"))
    def registration_opens_there(self, event: Event) -> str | None:
        return _there(event, "registration_opens")

    @display(description=_("answer invitations by"))
    def answer_deadline_there(self, event: Event) -> str | None:
        return _there(event, "answer_deadline")

    @display(description=_("register by"))
    def registration_deadline_there(self, event: Event) -> str | None:
        return _there(event, "registration_deadline")

    # --- saving ---

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        event: Any = self.get_object(request, object_id) if object_id else None
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), "panel": event and panel(event, request.user)}
        )

    def save_formset(self, request: HttpRequest, form: BaseModelForm, formset: BaseModelFormSet, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is EventPaper:
            for paper_form in formset.forms:
                _keep_files(paper_form, request.user)

    def save_related(self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool) -> None:
        """After the rows below: what a new event needs, its seats, and the news to those concerned."""
        news = DETAILS & set(changed_columns(form.instance) or {})
        super().save_related(request, form, formsets, change)
        if not change:
            furnish_event(form.instance)
        self._set_seats(request, form, formsets)
        if change and news and form.cleaned_data.get("tell_all"):
            details_changed(form.instance, by=request.user)
            messages.info(request, _("Everybody concerned is told; the confirmed get a new calendar entry."))
        list_event(form.instance)
        if change and "time_zone" in form.changed_data:
            carry_release(form.instance, by=request.user)  # its clock is that of the place
        content_changed()

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        unlist_event(obj)
        super().delete_model(request, obj)

    def _set_seats(self, request: HttpRequest, form: BaseModelForm, formsets: Any) -> None:
        wanted: list[tuple[Category | None, int | None]] = []
        if "seats" in form.changed_data:
            wanted.append((None, form.cleaned_data["seats"]))
        categories = [row for formset in formsets if formset.model is Category for row in formset.forms]
        wanted += [
            (row.instance, row.cleaned_data["seats"])
            for row in categories
            if row.instance.pk and "seats" in row.changed_data and not row.cleaned_data.get("DELETE")
        ]
        for category, capacity in wanted:
            try:
                pool = seats.pool_of(form.instance, category)
                old = pool.capacity
                seats.set_capacity(pool, capacity, by=request.user, at=timezone.now())
                log(form.instance, "seats", by=request.user, changes={str(pool): [old, capacity]})
            except Refused as refusal:  # a seat was taken between the check and now; the rest is saved
                messages.error(request, str(refusal))


def _keep_files(form: Any, user: Any) -> None:
    for language in ("en", "zh-hans"):
        upload = form.cleaned_data.get(upload_name(language)) if hasattr(form, "cleaned_data") else None
        if upload and form.instance.pk and not form.cleaned_data.get("DELETE"):
            stored = store_upload(upload, purpose=PAPER, by=user, kinds=form.fields[upload_name(language)].kinds)
            EventPaperFile.objects.update_or_create(paper=form.instance, language=language, defaults={"file": stored})


def _there(event: Event, name: str) -> str | None:
    value = getattr(event, name)
    return format_instant(value, event.time_zone) if value else None
