"""Focal points in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter

from portal.core.admin.base import PortalModelAdmin
from portal.core.files import store_upload
from portal.directory.files import LETTER
from portal.directory.forms import FocalPointForm
from portal.directory.models import FocalPoint


class InForceFilter(DropdownFilter):
    """Designations in force today, or over."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("today")), ("no", _("not today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[FocalPoint]) -> QuerySet[FocalPoint]:
        valid = FocalPoint.objects.valid_on(timezone.localdate()).values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=valid)
        return queryset.exclude(pk__in=valid) if self.value() == "no" else queryset


@admin.register(FocalPoint)
class FocalPointAdmin(PortalModelAdmin):
    """Who was designated by whom, for what and how long."""

    form = FocalPointForm
    list_display = ("contact", "country", "organisation", "area", "is_alternate", "valid_from", "valid_to")
    list_select_related = ("contact", "country", "organisation")
    list_filter = (InForceFilter, ("country", AutocompleteSelectFilter))
    search_fields = ("contact__search_key", "area")
    autocomplete_fields = ("contact", "country", "organisation")
    readonly_fields = ("designation_letter_link",)
    fields = (
        "contact",
        "country",
        "organisation",
        "area",
        "is_alternate",
        "valid_from",
        "valid_to",
        "designation_letter_link",
        "letter",
    )

    @admin.display(description=_("letter on file"))
    def designation_letter_link(self, obj: FocalPoint) -> str:
        letter = obj.designation_letter
        if letter is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("core:file", args=[letter.public_id]), letter.name)

    def save_model(self, request: HttpRequest, obj: FocalPoint, form: Any, change: Any) -> None:
        if form.cleaned_data.get("letter"):
            obj.designation_letter = store_upload(
                form.cleaned_data["letter"], purpose=LETTER, by=request.user, kinds=("document", "image")
            )
        super().save_model(request, obj, form, change)
