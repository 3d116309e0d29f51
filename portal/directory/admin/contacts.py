"""People in the administration."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    AutocompleteSelectMultipleFilter,
    ChoicesDropdownFilter,
)

from portal.core.admin.base import PortalModelAdmin, PortalTabularInline, TranslatedModelAdmin, run_each
from portal.core.sheets import sheet_response
from portal.directory.admin.imports import ImportMixin
from portal.directory.admin.merging import MergeMixin
from portal.directory.exports import CONTACT_COLUMNS, contact_rows
from portal.directory.forms import TagChoiceForm
from portal.directory.models import Contact, FocalPoint, Tag
from portal.directory.services.contacts import index_contact, possible_duplicates, set_active, tag_contacts
from portal.directory.services.merge import merge_contacts

SHOWN_DUPLICATES = 5


class FocalPointInline(PortalTabularInline):
    """The designations of a person, to look at; they are made on their own page."""

    model = FocalPoint
    fields = ("country", "organisation", "area", "valid_from", "valid_to")
    readonly_fields = fields
    can_delete = False
    max_num = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[FocalPoint]:
        return super().get_queryset(request).select_related("country", "organisation")


@admin.register(Contact)
class ContactAdmin(ImportMixin, MergeMixin, TranslatedModelAdmin):
    """Contacts: found by any name, merged, tagged, imported and exported."""

    merge = merge_contacts
    merge_shown = (
        "full_name", "native_name", "title", "position_en", "position_zh_hans", "organisation", "country", "email",
        "phone", "messenger", "assistant_name", "language", "user", "note",
    )  # fmt: skip
    actions = ("add_tag", "remove_tag", "merge_two", "export_xlsx", "export_csv", "deactivate", "activate")
    list_display = (
        "full_name", "title", "position", "organisation", "country", "email", "language", "no_automatic_mail",
        "is_active",
    )  # fmt: skip
    list_select_related = ("organisation", "country")
    list_filter = (
        ("country", AutocompleteSelectFilter),
        ("organisation__kind", ChoicesDropdownFilter),
        ("tags", AutocompleteSelectMultipleFilter),
        ("language", ChoicesDropdownFilter),
        "is_active",
        "no_automatic_mail",
    )
    search_fields = ("search_key",)
    autocomplete_fields = ("organisation", "country", "tags", "user")
    inlines = (FocalPointInline,)
    change_form_before_template = "directory/duplicates_here.html"
    fieldsets = (
        (
            gettext_lazy("Name"),
            {
                "fields": (
                    "title", "full_name", "native_name", "family_name", "given_names", "badge_name", "salutation_en",
                    "salutation_zh",
                )
            },
        ),
        (gettext_lazy("Work"), {"fields": ("organisation", "country", "position", "department")}),
        (
            pgettext_lazy("person", "Contact"),
            {
                "fields": (
                    "email", "phone", "messenger", "assistant_name", "assistant_email", "language", "time_zone",
                    "no_automatic_mail",
                )
            },
        ),
        (gettext_lazy("In the office"), {"fields": ("tags", "note", "is_active", "user")}),
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.duplicates)
        return [path("duplicates/", page, name="directory_contact_duplicates"), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Contact], bool]:
        return queryset.search(search_term), False

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        index_contact(obj)

    def response_add(self, request: HttpRequest, obj: Contact, post_url_continue: str | None = None) -> HttpResponse:
        """A new person is never refused; who it may be already is said, with the way to merge them."""
        found = possible_duplicates(obj.full_name, email=obj.email, organisation=obj.organisation).exclude(pk=obj.pk)
        links = [
            (reverse("admin:directory_contact_merge", args=[other.pk, obj.pk]), str(other), other.email)
            for other in found[:SHOWN_DUPLICATES]
        ]
        if links:
            listed = format_html_join(", ", '<a class="underline" href="{}">{} {}</a>', links)
            messages.warning(request, format_html_join("", "{} {}", [(_("Perhaps already in the directory:"), listed)]))
        return super().response_add(request, obj, post_url_continue)

    def duplicates(self, request: HttpRequest) -> HttpResponse:
        """The people that the name and address being typed may belong to: a fragment for the form."""
        organisation = request.GET.get("organisation", "")
        found = possible_duplicates(
            request.GET.get("full_name", ""),
            email=request.GET.get("email", ""),
            organisation=int(organisation) if organisation.isdigit() else None,
        )
        own = request.GET.get("own", "")
        people = found.exclude(pk=int(own)) if own.isdigit() else found
        visible = people.filter(pk__in=Contact.objects.visible_to(request.user).values("pk"))
        context = {"people": visible.select_related("organisation", "country")[:SHOWN_DUPLICATES]}
        return TemplateResponse(request, "directory/_duplicates.html", context)

    @admin.action(description=gettext_lazy("Add a tag …"), permissions=["change"])
    def add_tag(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponse | None:
        return self._ask_tag(request, queryset, remove=False)

    @admin.action(description=gettext_lazy("Remove a tag …"), permissions=["change"])
    def remove_tag(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponse | None:
        return self._ask_tag(request, queryset, remove=True)

    def _ask_tag(self, request: HttpRequest, queryset: QuerySet[Contact], *, remove: bool) -> HttpResponse | None:
        form = TagChoiceForm(request.POST if "confirmed" in request.POST else None)
        if form.is_bound and form.is_valid():
            count = tag_contacts(queryset, form.cleaned_data["tag"], by=request.user, remove=remove)
            messages.success(request, _("{count} contacts changed.").format(count=count))
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove a tag") if remove else _("Add a tag"),
            "opts": self.opts,
            "form": form,
            "action": "remove_tag" if remove else "add_tag",
            "chosen": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", "0"),
            "count": queryset.count(),
        }
        return TemplateResponse(request, "directory/tag_action.html", context)

    @admin.action(description=gettext_lazy("Export as XLSX"), permissions=["view"])
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponseBase:
        return sheet_response("contacts", "xlsx", CONTACT_COLUMNS, contact_rows(queryset))

    @admin.action(description=gettext_lazy("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Contact]) -> HttpResponseBase:
        return sheet_response("contacts", "csv", CONTACT_COLUMNS, contact_rows(queryset))

    @admin.action(description=gettext_lazy("Deactivate"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Contact]) -> None:
        done = ngettext_lazy("%(count)d contact deactivated.", "%(count)d contacts deactivated.", "count")
        run_each(request, queryset, lambda contact: set_active(contact, is_active=False, by=request.user), done=done)

    @admin.action(description=gettext_lazy("Activate again"), permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[Contact]) -> None:
        done = ngettext_lazy("%(count)d contact activated.", "%(count)d contacts activated.", "count")
        run_each(request, queryset, lambda contact: set_active(contact, is_active=True, by=request.user), done=done)


@admin.register(Tag)
class TagAdmin(PortalModelAdmin):
    """Words to filter and invite by."""

    list_display = ("name", "bearers")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(number=Count("contacts"))

    @admin.display(description=gettext_lazy("contacts"))
    def bearers(self, obj: Any) -> int:
        return int(obj.number)
