"""Outcomes of events: words, texts in versions, documents and photos on one page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.forms import BaseModelForm, BaseModelFormSet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.forms.widgets import WysiwygWidget
from unfold.decorators import display

from forums.admin import outcome_pages
from forums.admin.outcome_steps import publish_page, unpublish_page
from forums.admin.pages import event_url
from forums.models import Outcome, OutcomeDocument, OutcomePhoto, OutcomeText
from forums.services.outcome_parts import forget_files, tie_documents, untie_documents
from portal.core.admin.base import PortalTabularInline, TranslatedStackedInline
from portal.core.fields import HTMLField
from portal.core.times import format_days
from portal.library.admin.panel import Button
from portal.library.admin.publishing import ORIGIN, PublishableAdmin


class DocumentInline(PortalTabularInline):
    """Documents of the library; a new one has a page of its own."""

    model = OutcomeDocument
    autocomplete_fields = ["document"]
    fields = ["document", "where", "order"]
    readonly_fields = ["where"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[OutcomeDocument]:
        return super().get_queryset(request).select_related("document")

    @display(description=gettext_lazy("status"))
    def where(self, row: OutcomeDocument) -> str:
        if not row.pk:
            return ""
        url = reverse("admin:library_document_change", args=[row.document_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, row.document.get_status_display())


class TextInline(PortalTabularInline):
    """Texts in versions, each with a page of its own."""

    model = OutcomeText
    fields = ["kind", "versions", "order"]
    readonly_fields = ["versions"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=gettext_lazy("versions"))
    def versions(self, row: OutcomeText) -> str:
        return format_html(
            '<a href="{}">{}</a>', outcome_pages.text_url(row), _("Write, release, look at all versions")
        )


class PhotoForm(forms.ModelForm):
    """What a photo shows may be said later: nothing is published before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.startswith("alt_"):
                field.required = False


class PhotoInline(TranslatedStackedInline):
    """What each photo shows, in both languages; its credit, its caption and its place."""

    model = OutcomePhoto
    form = PhotoForm
    fields = ["picture", "alt", "caption", ("credit", "order"), "consent_note"]
    readonly_fields = ["picture"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[OutcomePhoto]:
        return super().get_queryset(request).select_related("file", "thumbnail")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Several at once, on their own page."""
        return False

    @display(description=gettext_lazy("photo"))
    def picture(self, photo: OutcomePhoto) -> str:
        return format_html(
            '<a href="{}?inline"><img src="{}?inline" width="240" alt="{}" loading="lazy"></a>',
            reverse("core:file", args=[photo.file.public_id]),
            reverse("core:file", args=[photo.shown.public_id]),
            photo.alt or photo.file.name,
        )


@admin.register(Outcome)
class OutcomeAdmin(PublishableAdmin):
    """One for each event, begun from the event's page."""

    list_display = ["event", "days", "tag", "public_since"]
    search_fields = ["event__title_en", "event__title_zh_hans", "event__slug", "lead_en", "lead_zh_hans"]
    list_select_related = ["event"]
    formfield_overrides = {HTMLField: {"widget": WysiwygWidget}}
    change_form_outer_before_template = "admin/forums/outcome_panel.html"
    history_actions: ClassVar[dict[str, str | Promise]] = {
        **PublishableAdmin.history_actions,
        "document_added": gettext_lazy("document added: {note}"),
        "photos_added": gettext_lazy("photos added: {note}"),
        "text_added": gettext_lazy("text begun"),
        "text_written": gettext_lazy("text drafted: {note}"),
        "text_released": gettext_lazy("text released: {note}"),
    }
    inlines = [TextInline, DocumentInline, PhotoInline]
    fieldsets = [
        (None, {"fields": ["lead", "summary", "next_steps", "licence"]}),
        (gettext_lazy("Source"), {"fields": [*ORIGIN]}),
    ]
    custom_urls = outcome_pages.URLS

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Outcome]:
        return super().get_queryset(request).select_related("event__country")

    @display(description=gettext_lazy("dates"), ordering="event__start_day")
    def days(self, outcome: Outcome) -> str:
        event = outcome.event
        return format_days(event.start_day, event.end_day, event.date_precision)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Begun from the page of the event."""
        return False

    def get_actions(self, request: HttpRequest) -> Any:
        """Each outcome is published on its own page, which names what goes out with it."""
        return {name: action for name, action in super().get_actions(request).items() if name == "submit_many"}

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        own = {"publish": publish_page, "unpublish": unpublish_page}
        if name in own:
            return own[name](self, request, self._found(request, pk))
        return super().step_view(request, pk, name)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        outcome: Any = self.get_object(request, object_id) if object_id else None
        more = {"parts": self._parts(request, outcome), "of_event": outcome and event_url(outcome.event)}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def save_formset(self, request: HttpRequest, form: BaseModelForm, formset: BaseModelFormSet, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is OutcomePhoto:
            forget_files(file for photo in formset.deleted_objects for file in (photo.file, photo.thumbnail))
        elif formset.model is OutcomeDocument:
            tie_documents(form.instance, [row.document for row in formset.new_objects])
            untie_documents(form.instance, [row.document for row in formset.deleted_objects])

    def delete_model(self, request: HttpRequest, obj: Outcome) -> None:
        files = [
            file for photo in obj.photos.select_related("file", "thumbnail") for file in (photo.file, photo.thumbnail)
        ]
        super().delete_model(request, obj)
        forget_files(files)

    def _parts(self, request: HttpRequest, outcome: Outcome | None) -> list[Button]:
        if outcome is None or not self.has_change_permission(request, outcome):
            return []
        pages = (
            (_("Add a text"), "forums_outcome_new_text"),
            (_("Add a document"), "forums_outcome_document"),
            (_("Add photos"), "forums_outcome_photos"),
        )
        return [Button(title, reverse(f"admin:{name}", args=[outcome.pk])) for title, name in pages]
