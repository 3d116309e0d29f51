"""What belongs to an event and is edited with it: series, organisers, categories with their seats, papers."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from forums.admin.event_form import checked_capacity, seats_help
from forums.models import Category, EventEdition, EventOrganiser, EventPaper
from portal.core.admin.base import PortalTabularInline, TranslatedStackedInline
from portal.core.files import UploadField


class EditionInline(PortalTabularInline):
    model = EventEdition
    autocomplete_fields = ["series"]


class OrganiserInline(PortalTabularInline):
    model = EventOrganiser
    autocomplete_fields = ["organisation"]


class CategoryForm(forms.ModelForm):
    """A category and its own seats; a code is made from the name when none is typed."""

    code = forms.SlugField(
        label=pgettext_lazy("category", "Code"),
        required=False,
        max_length=30,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Short; made from the name when empty."),
    )
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=0, widget=UnfoldAdminIntegerFieldWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pool = getattr(self.instance, "pool", None) if self.instance.pk else None
        if "seats" in self.fields:
            self.initial["seats"] = self.pool.capacity if self.pool else None
            self.fields["seats"].help_text = seats_help(self.pool)

    def clean_seats(self) -> int | None:
        return checked_capacity(self.cleaned_data["seats"], self.pool)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("code"):
            data["code"] = slugify(data.get("name_en") or "")[:30] or f"category-{data.get('order') or 0}"
        return data


class CategoryInline(TranslatedStackedInline):
    model = Category
    form = CategoryForm
    fields = ["name", "seats", ("code", "order"), ("needs_approval", "auto_promote"), ("online_takes_seat", "is_open")]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Category]:
        return super().get_queryset(request).select_related("pool")


class PaperUpload(UploadField):
    """A paper as it is uploaded."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            kinds=("document", "sheet", "image"), required=False, widget=UnfoldAdminFileFieldWidget, **options
        )


class PaperForm(forms.ModelForm):
    """A paper and its file in each language; a new file replaces the one that is there."""

    upload_en = PaperUpload(label=_("File in English"))
    upload_zh_hans = PaperUpload(label=_("File in Chinese"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {row.language: row for row in self.instance.files.all()} if self.instance.pk else {}
        for code, _name in settings.LANGUAGES:
            row = there.get(code)
            field = self.fields.get(upload_name(code))
            if row and field:
                field.help_text = format_html(
                    '<a href="{}">{}</a> · {}',
                    reverse("admin:forums_event_paper", args=[self.instance.event_id, row.pk]),
                    row.file.name,
                    field.help_text,
                )


def upload_name(language: str) -> str:
    """The form's field for the file in this language."""
    return f"upload_{language.replace('-', '_')}"


class PaperInline(TranslatedStackedInline):
    model = EventPaper
    form = PaperForm
    fields = ["kind", "title", "access", "order", *(upload_name(code) for code, _name in settings.LANGUAGES)]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[EventPaper]:
        return super().get_queryset(request).prefetch_related("files__file")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look gets the files as links."""
        if self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        return ["kind", "title", "access", "files_there"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "files_there"]

    def files_there(self, paper: EventPaper) -> str:
        return format_html_join(
            " · ",
            '<a href="{}">{}</a>',
            (
                (reverse("admin:forums_event_paper", args=[paper.event_id, row.pk]), row.file.name)
                for row in paper.files.all()
            ),
        )

    files_there.short_description = _("files")  # type: ignore[attr-defined]  # Django reads it
