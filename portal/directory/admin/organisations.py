"""Organisations in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from portal.core.admin.base import TranslatedModelAdmin
from portal.core.admin.renewing import RenewsPagesWhenDeleted
from portal.core.pagecache import content_changed
from portal.directory.admin.merging import MergeMixin
from portal.directory.forms import OrganisationForm
from portal.directory.models import Organisation
from portal.directory.services.merge import merge_organisations
from portal.directory.services.organisations import index_organisation


@admin.register(Organisation)
class OrganisationAdmin(MergeMixin, RenewsPagesWhenDeleted, TranslatedModelAdmin):
    """Ministries, centres, institutes. A renamed ministry is a new record with its predecessor."""

    form = OrganisationForm
    merge = merge_organisations
    merge_shown = (
        "name_en",
        "name_zh_hans",
        "abbreviation",
        "alternative_names",
        "kind",
        "country",
        "website",
        "address",
    )
    actions = ("merge_two",)
    list_display = ("name", "abbreviation", "kind", "country", "valid_from", "valid_to", "is_public")
    list_select_related = ("country",)
    list_filter = (("kind", ChoicesDropdownFilter), ("country", AutocompleteSelectFilter), "is_public")
    search_fields = ("search_key",)
    autocomplete_fields = ("country", "predecessor")
    fieldsets = (
        (None, {"fields": ("name", "abbreviation", "alternative_names", "kind", "country")}),
        (_("Validity"), {"fields": ("valid_from", "valid_to", "predecessor")}),
        (_("In public"), {"fields": ("is_public", "slug", "website", "address", "source")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Organisation], bool]:
        return queryset.search(search_term), False

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: Any) -> None:
        obj.slug = obj.slug or None
        super().save_model(request, obj, form, change)
        index_organisation(obj)
        content_changed()
