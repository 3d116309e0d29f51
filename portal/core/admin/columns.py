"""Columns and filters of lists whose rows are about records of any kind."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

GONE = _("no longer there")


def subject_link(subject: Model | None) -> str:
    """The record with a link to its form, where it has one."""
    if subject is None:
        return str(GONE)
    if not admin.site.is_registered(type(subject)):
        return str(subject)
    url = reverse(f"admin:{subject._meta.label_lower.replace('.', '_')}_change", args=[subject.pk])
    return format_html('<a class="desk-link" href="{}">{}</a>', url, subject)


def kind_name(content_type: ContentType) -> str:
    """The kind of record, in words."""
    model = content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else content_type.model


class RecordKindFilter(SimpleListFilter):
    """By kind of record: those that occur."""

    title = _("kind of record")
    parameter_name = "record"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        used = model_admin.model._default_manager.order_by().values("content_type").distinct()
        return [(str(found.pk), kind_name(found)) for found in ContentType.objects.filter(pk__in=used)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(content_type_id=int(value)) if value.isdecimal() else queryset
