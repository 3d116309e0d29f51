"""Columns and filters that several lists of mail share."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.mail.registry import kind_title, kinds, scope_desk, scope_title

RECENT = 500


def scope_column(*, linked: bool = False) -> Callable[[Any], str]:
    """A column that names the event, ``linked`` to where staff work on it. Make a new one for each request.

    Each event is looked up once a page.
    """
    title = cache(scope_title)

    @admin.display(description=_("event"), ordering="scope")
    def event(obj: Any) -> str:
        name, url = title(obj.scope) or "–", scope_desk(obj.scope) if linked else ""
        return format_html('<a class="underline" href="{}">{}</a>', url, name) if url else name

    return event


@admin.display(description=_("message"), ordering="kind")
def kind_column(obj: Any) -> str:
    """What staff call the kind."""
    return kind_title(obj.kind)


class KindFilter(admin.SimpleListFilter):
    """By kind, with the wings' titles."""

    title = _("message")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.code, kind.title) for kind in kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class ScopeFilter(admin.SimpleListFilter):
    """By event: those of the latest rows, and the one the page was opened with."""

    title = _("event")
    parameter_name = "scope"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        latest = model_admin.model.objects.order_by("-pk").values_list("scope", flat=True)[:RECENT]
        scopes = dict.fromkeys([*latest, request.GET.get(self.parameter_name, "")])
        return [(scope, scope_title(scope)) for scope in scopes if scope]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(scope=self.value()) if self.value() else queryset
