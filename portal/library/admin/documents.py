"""Documents, with a file per language."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseModelForm, BaseModelFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display

from portal.core.admin.base import PortalTabularInline
from portal.core.files import store_upload
from portal.core.times import format_days
from portal.library.admin.publishing import ORIGIN, PublishableAdmin
from portal.library.files import DOCUMENT
from portal.library.forms.records import DocumentFileForm, DocumentFileFormSet, SluggedForm
from portal.library.languages import LANGUAGES
from portal.library.models import Document, DocumentFile


class DocumentFileInline(PortalTabularInline):
    """One row a language."""

    model = DocumentFile
    form = DocumentFileForm
    formset = DocumentFileFormSet
    extra = 1
    max_num = len(LANGUAGES)
    verbose_name_plural = _("files, one for each language")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[DocumentFile]:
        return super().get_queryset(request).select_related("file")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who may only look gets the files as links."""
        shown = ["language", "title", "there"]
        return [*shown, "upload"] if self.has_change_permission(request, obj) else shown

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "there"]

    @display(description=_("present file"))
    def there(self, row: DocumentFile) -> str:
        return file_link(row) if row.pk else ""


@admin.register(Document)
class DocumentAdmin(PublishableAdmin):
    """Reports, studies, declarations …"""

    form = SluggedForm
    list_display = ["title", "kind", "days", "languages", "tag"]
    list_filter = ["status", "kind", ("themes", RelatedDropdownFilter)]
    search_fields = ["title_en", "title_zh_hans", "authors", "slug", "files__title"]
    autocomplete_fields = ["publisher", "themes", "countries"]
    prepopulated_fields = {"slug": ["title_en"]}
    inlines = [DocumentFileInline]
    fieldsets = [
        (None, {"fields": ["title", "summary"]}),
        (
            _("What and when"),
            {
                "fields": [
                    "kind", ("day", "day_precision"), "authors", "publisher", "licence", "themes", "countries", "slug",
                ]
            },
        ),
        (_("Source"), {"fields": [*ORIGIN]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Document]:
        return super().get_queryset(request).prefetch_related("files__file")

    @display(description=_("date"), ordering="day")
    def days(self, document: Document) -> str:
        return format_days(document.day, None, document.day_precision)

    @display(description=_("files"))
    def languages(self, document: Document) -> str:
        return ", ".join(str(row.get_language_display()) for row in document.files.all())

    def save_formset(self, request: HttpRequest, form: BaseModelForm, formset: BaseModelFormSet, change: bool) -> None:
        """Files are kept before their rows, which need them."""
        if formset.model is DocumentFile:
            for row in formset.forms:
                _keep_file(row, request.user)
        super().save_formset(request, form, formset, change)


def file_link(row: DocumentFile) -> str:
    """The file of one language, opened by its own address."""
    return format_html(
        '<a class="desk-link" href="{}">{}</a>', reverse("core:file", args=[row.file.public_id]), row.file.name
    )


def _keep_file(form: Any, user: Any) -> None:
    data = getattr(form, "cleaned_data", {})
    if data.get("upload") and not data.get("DELETE"):
        form.instance.file = store_upload(data["upload"], purpose=DOCUMENT, by=user, kinds=form.fields["upload"].kinds)
