"""Filters of the lists. Boards and dashboards link to the lists by their parameters."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from forums.models import Category, Event
from portal.directory.models import Country

NOWHERE = "none"


class YearFilter(SimpleListFilter):
    """By the year in which an event begins."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = Event.objects.exclude(start_day=None).dates("start_day", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(start_day__year=int(value)) if value.isdecimal() else queryset


class CountryFilter(DropdownFilter):
    """By country in protocol order; the parameter is the country's code, or "none"."""

    title = _("country")
    parameter_name = "country"
    path = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        countries = [(country.code, country.name) for country in Country.objects.parties().in_order()]
        chosen = request.GET.get(self.parameter_name, "")
        if chosen and chosen not in dict(countries) and chosen != NOWHERE:
            countries += [(other.code, other.name) for other in Country.objects.filter(code=chosen)]
        return [*countries, (NOWHERE, _("no country"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(**({self.path: None} if value == NOWHERE else {f"{self.path}__code": value}))


class ContactCountryFilter(CountryFilter):
    """By the country of the invited person."""

    path = "contact__country"


class CategoryFilter(DropdownFilter):
    """By category code: those of the event in question, else of all events, each once."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Category.objects.order_by("code")
        event = request.GET.get(EventFilter.parameter_name, "")
        if event.isdecimal():
            rows = rows.filter(event_id=int(event))
        return list({row.code: (row.code, row.name) for row in rows[:500]}.values())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(category__code=self.value()) if self.value() else queryset


class EventFilter(DropdownFilter):
    """By event: the latest ones, and the one in question."""

    title = _("event")
    parameter_name = "event"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        events = {event.pk: str(event) for event in Event.objects.order_by("-start_day", "-pk")[:30]}
        chosen = request.GET.get(self.parameter_name, "")
        if chosen.isdecimal() and int(chosen) not in events:
            events |= {event.pk: str(event) for event in Event.objects.filter(pk=chosen)}
        return [(str(pk), name) for pk, name in events.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(event_id=int(value)) if value.isdecimal() else queryset


class SentFilter(SimpleListFilter):
    """Whether the invitation went out."""

    title = _("sent")
    parameter_name = "sent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("sent")), ("no", _("not sent"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(sent_at__isnull=self.value() == "no")
