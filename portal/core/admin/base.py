"""The classes that admins of the house are made from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline, TranslationTabularInline
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from portal.core.admin.bulk import BulkReport, run_each
from portal.core.admin.changes import changed_columns, columns_to_save, relations_changed, remember, rows_changed
from portal.core.admin.history import ADDED, CHANGED, DELETED, history_rows
from portal.core.admin.zones import ZonedTimesMixin, zoned_column
from portal.core.audit import history, log

__all__ = [
    "BulkReport",
    "PortalModelAdmin",
    "PortalStackedInline",
    "PortalTabularInline",
    "ReadOnlyModelAdmin",
    "TranslatedModelAdmin",
    "TranslatedStackedInline",
    "TranslatedTabularInline",
    "run_each",
]
HISTORY_PAGE = 50


class PortalModelAdmin(ZonedTimesMixin, ModelAdmin):
    """Fast lists, our own history, and only changed fields saved.

    ``history_actions`` names the steps of the model's workflow for its history page. ``computed_fields`` are written
    with every change, for models whose ``save()`` computes them (a search key).
    """

    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    warn_unsaved_form = True
    history_actions: ClassVar[Mapping[str, str | Promise]] = {}
    computed_fields: ClassVar[Sequence[str]] = ()

    def get_list_display(self, request: HttpRequest) -> list[str | Callable[[Any], Any]]:
        """Date-times among the columns name their zone."""
        return [self._column(name) for name in super().get_list_display(request)]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model | None:
        obj = super().get_object(request, object_id, from_field)
        if obj is not None:
            remember(obj)
        return obj

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only by what the list offers as a filter: Django lets every field of the model be guessed at."""
        filters = [one[0] if isinstance(one, tuple | list) else one for one in self.get_list_filter(request)]
        names = [str(getattr(one, "parameter_name", one)) for one in (*filters, self.date_hierarchy)]
        offered = {name.partition("__")[0] for name in names}
        return lookup.partition("__")[0] in offered and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write what changed and nothing else: a status or a seat count moved meanwhile stays as it is."""
        changed = changed_columns(obj) if change else None
        if changed is None:
            obj.save()
        elif changed:
            obj.save(update_fields=columns_to_save(obj, [*changed, *self.computed_fields]))

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """What the audit trail keeps of a saved form; nothing of a new object's values, it holds them itself."""
        columns = {} if add else changed_columns(form.instance) or {}
        return columns | ({} if add else relations_changed(form)) | rows_changed(formsets or [])

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        log(obj, ADDED, by=request.user, changes=message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        if message:
            log(obj, CHANGED, by=request.user, changes=message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            log(obj, DELETED, by=request.user)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The audit trail of one object, newest first, paged."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        paginator = self.get_paginator(request, history(obj), HISTORY_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of {name}").format(name=obj),
            "rows": history_rows(self.model, page.object_list, self.history_actions),
            "page": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "object": obj,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template or "admin/object_history.html", context)

    def _column(self, name: Any) -> Any:
        if not isinstance(name, str) or hasattr(self, name):
            return name
        try:
            found = self.opts.get_field(name)
        except FieldDoesNotExist:
            return name
        return zoned_column(found) if isinstance(found, models.DateTimeField) else name


class TranslatedModelAdmin(PortalModelAdmin, TranslationAdmin):
    """For models with translated fields: each language has its field, one below the other, without scripts."""


class ReadOnlyModelAdmin(PortalModelAdmin):
    """For what is only looked at here; who may look at it is Django's view permission."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Sequence[Any]:
        return flatten_fieldsets(self.get_fieldsets(request, obj)) if self.fieldsets or self.fields else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class PortalTabularInline(ZonedTimesMixin, TabularInline):
    """Rows of a table below the object."""

    extra = 0


class PortalStackedInline(ZonedTimesMixin, StackedInline):
    """Forms below the object."""

    extra = 0


class TranslatedTabularInline(PortalTabularInline, TranslationTabularInline):
    """Rows with translated fields."""


class TranslatedStackedInline(PortalStackedInline, TranslationStackedInline):
    """Forms with translated fields."""
