"""The catalogue: what the portal knows of every thing that is or may become public, and what belongs together."""

import re
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.core.admin.base import PortalModelAdmin
from portal.core.admin.columns import subject_link
from portal.core.pagecache import content_changed
from portal.core.times import format_days
from portal.library.kinds import all_kinds, find_kind
from portal.library.models import CatalogueItem

FOUR_DIGITS = re.compile(r"[0-9]{4}")


class KindFilter(SimpleListFilter):
    """By kind of thing."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.code, kind.title) for kind in all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class PublicFilter(SimpleListFilter):
    """By whether everybody may see it now."""

    title = _("public")
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("public")), ("no", _("not public"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        public = CatalogueItem.objects.public(timezone.now()).values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=public)
        return queryset.exclude(pk__in=public) if self.value() == "no" else queryset


class YearFilter(SimpleListFilter):
    """By year."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = CatalogueItem.objects.exclude(year=None).order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(year=int(self.value() or 0)) if FOUR_DIGITS.fullmatch(self.value() or "") else queryset


@admin.register(CatalogueItem)
class CatalogueItemAdmin(PortalModelAdmin):
    """Written by the portal; by hand only what belongs together is said here."""

    list_display = ["title", "kind_shown", "days", "is_public"]
    list_filter = [KindFilter, PublicFilter, YearFilter]
    search_fields = ["texts__title", "address"]
    autocomplete_fields = ["related"]
    fields = ["title", "kind_shown", "page", "days", "public_from", "record", "related"]
    readonly_fields = ["title", "kind_shown", "page", "days", "public_from", "record"]

    class Media:
        css = {"all": ["admin/forums.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[CatalogueItem]:
        return super().get_queryset(request).prefetch_related("texts")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed():
            content_changed()  # both pages name each other

    @display(description=_("title"))
    def title(self, item: CatalogueItem) -> str:
        return str(item)

    @display(description=_("kind"), ordering="kind")
    def kind_shown(self, item: CatalogueItem) -> str:
        kind = find_kind(item.kind)
        return str(kind.title) if kind else item.kind

    @display(description=_("date"), ordering="day")
    def days(self, item: CatalogueItem) -> str:
        return format_days(item.day, None, item.day_precision) or str(item.year or "")

    @display(description=_("public"), boolean=True)
    def is_public(self, item: CatalogueItem) -> bool:
        return _is_public(item, timezone.now())

    @display(description=_("page"))
    def page(self, item: CatalogueItem) -> str:
        if not _is_public(item, timezone.now()):
            return item.address
        return format_html('<a class="desk-link" href="/en/{}">{}</a>', item.address, item.address)

    @display(description=_("record"))
    def record(self, item: CatalogueItem) -> str:
        return subject_link(item.subject)


def _is_public(item: CatalogueItem, at: datetime) -> bool:
    begun = item.public_from is not None and item.public_from <= at
    return begun and (item.public_until is None or item.public_until > at)
