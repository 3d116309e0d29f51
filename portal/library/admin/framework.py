"""What the programme rests on: mandates with the themes of their period."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RelatedDropdownFilter
from unfold.decorators import display

from portal.core.admin.base import TranslatedModelAdmin, TranslatedStackedInline
from portal.core.pagecache import content_changed
from portal.core.times import format_days
from portal.library.admin.publishing import ORIGIN, PublishableAdmin
from portal.library.forms.records import CodedForm, SluggedForm
from portal.library.models import Mandate, Theme


class ThemeInline(TranslatedStackedInline):
    """Themes of a period, with their topics beneath."""

    model = Theme
    form = CodedForm
    fields = ["name", ("parent", "order"), "code", "source"]
    verbose_name_plural = _("themes of this period, and topics beneath them")

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """A topic stands beneath a theme of the same period."""
        if db_field.name == "parent":
            match = request.resolver_match
            framework = str(match.kwargs.get("object_id", "")) if match else ""
            above = Theme.objects.filter(parent=None)
            kwargs["queryset"] = above.filter(framework=int(framework)) if framework.isdecimal() else above.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Mandate)
class MandateAdmin(PublishableAdmin):
    """Summit statements, visions, strategies, action plans."""

    form = SluggedForm
    list_display = ["__str__", "kind", "days", "period", "adoption", "tag"]
    list_filter = ["status", "kind", "adoption"]
    search_fields = ["name_en", "name_zh_hans", "short_name_en", "short_name_zh_hans", "slug"]
    autocomplete_fields = ["text", "basis"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [ThemeInline]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "body", "summary"]}),
        (
            _("What and when"),
            {
                "fields": [
                    "kind", "adoption", ("day", "day_precision"), ("period_from", "period_to"), "text", "basis", "slug",
                ]
            },
        ),
        (_("Source"), {"fields": [*ORIGIN]}),
    ]  # fmt: skip

    @display(description=_("date"), ordering="day")
    def days(self, mandate: Mandate) -> str:
        return format_days(mandate.day, None, mandate.day_precision)

    @display(description=_("period"), ordering="period_from")
    def period(self, mandate: Mandate) -> str:
        return "–".join(str(year) for year in (mandate.period_from, mandate.period_to) if year)


@admin.register(Theme)
class ThemeAdmin(TranslatedModelAdmin):
    """Themes of all periods: a vocabulary, public wherever a record names one."""

    form = CodedForm
    list_display = ["name", "framework", "parent", "order"]
    list_filter = [("framework", RelatedDropdownFilter)]
    list_select_related = ["framework", "parent"]
    search_fields = ["name_en", "name_zh_hans", "code"]
    autocomplete_fields = ["framework", "parent"]
    prepopulated_fields = {"code": ["name_en"]}
    fields = ["name", "framework", "parent", "order", "code", "source"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def get_actions(self, request: HttpRequest) -> Any:
        return {}  # no deleting of many

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        content_changed()  # facets and records name their themes

    def delete_model(self, request: HttpRequest, obj: Theme) -> None:
        super().delete_model(request, obj)
        content_changed()
