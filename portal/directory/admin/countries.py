"""Countries in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from portal.core.admin.base import PortalTabularInline, TranslatedModelAdmin
from portal.core.admin.renewing import RenewsPagesWhenDeleted
from portal.core.pagecache import content_changed
from portal.directory.forms import CountryForm
from portal.directory.models import Country, Membership


class MembershipInline(PortalTabularInline):
    """Since when, and until when, a country was a Member State."""

    model = Membership


@admin.register(Country)
class CountryAdmin(RenewsPagesWhenDeleted, TranslatedModelAdmin):
    """Names and orders as the office words them; public lists follow at once."""

    form = CountryForm
    list_display = ("name_en", "name_zh_hans", "code", "party", "order_members_then_china", "order_all")
    list_filter = (("party", ChoicesDropdownFilter),)
    search_fields = ("name_en", "name_zh_hans", "code", "code3")
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("name", "formal_name", "code", "code3", "party")}),
        (_("Protocol orders"), {"fields": ("order_members_then_china", "order_all")}),
        (_("Facts"), {"fields": ("time_zones", "languages", "dial_code", "landlocked", "source")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Country]:
        countries: Any = super().get_queryset(request)
        return countries.in_order()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        content_changed()
