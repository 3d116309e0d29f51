"""Registrations: who comes, who waits, and what an officer decides about it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from forums.admin.filters import CategoryFilter, CountryFilter, EventFilter
from forums.admin.mails import messages_to
from forums.admin.pages import day_of, object_link
from forums.admin.person_panel import PersonPanelMixin
from forums.admin.registration_deeds import DEEDS, WORDS
from forums.admin.registration_form import (
    DATA,
    NEEDS,
    PART,
    WORK,
    CategoryOfEvent,
    NewRegistrationForm,
    RegistrationForm,
)
from forums.enums import EventStatus, RegistrationStatus
from forums.models import Category, Registration
from forums.services import registrations
from forums.services.consents import PURPOSES
from forums.services.errors import Refused
from portal.core.files import serve_file
from portal.core.texts import consents_of
from portal.core.times import format_instant

S = RegistrationStatus
# Every status stands here: unfold shows the bare code of one that does not.
LABELS = dict.fromkeys(S.values, "") | {
    S.PENDING: "warning",
    S.WAITLISTED: "info",
    S.CONFIRMED: "success",
    S.REJECTED: "danger",
    S.CANCELLED: "danger",
}
NEW = ("category", "contact", *DATA, *WORK, *PART, "staff_note", "submit")
PHOTO = "photo_there"
STATE = (
    "event_link",
    "status_word",
    "place_in_line",
    "category_name",
    "invitation_link",
    "contact_link",
    "filled_in",
    "submitted",
)


@admin.register(Registration)
class RegistrationAdmin(PersonPanelMixin):
    """Status and seat are moved by the buttons; the data by ``services.registrations.change``."""

    deeds = DEEDS
    history_actions = WORDS
    list_display = ["person", "organisation_printed", "country_name", "category", "tag", "place", "sent_on"]
    list_filter = [EventFilter, ("status", ChoicesDropdownFilter), CountryFilter, CategoryFilter]
    search_fields = ["search_key"]
    search_help_text = _("Name, organisation or e-mail address")
    ordering = ["-created_at", "-pk"]
    autocomplete_fields = ["contact", "country"]

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Registration]:
        rows = super().get_queryset(request)
        return rows.select_related("event", "category", "country").with_place_in_line()

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """By every word, whatever its case, accents and width."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=Registration.objects.search(search_term).values("pk")), False

    @display(description=pgettext_lazy("person", "name"), ordering="full_name")
    def person(self, registration: Registration) -> str:
        return str(registration)

    @display(description=_("organisation"), ordering="organisation_name")
    def organisation_printed(self, registration: Registration) -> str:
        return registration.organisation_name  # a column named like the field would show, and fetch, the directory's

    @display(description=_("country"), ordering="country__order_members_then_china")
    def country_name(self, registration: Registration) -> str:
        return str(registration.country or "")

    @display(description=_("status"), ordering="status", label=LABELS)
    def tag(self, registration: Registration) -> tuple[str, str]:
        return registration.status, registration.get_status_display()

    @display(description=_("place in line"), ordering=F("place").asc(nulls_last=True))
    def place(self, registration: Any) -> Any:
        return registration.place

    @display(description=pgettext_lazy("registration", "sent"), ordering="submitted_at")
    def sent_on(self, registration: Registration) -> str:
        return day_of(registration.submitted_at)

    # --- one registration ---

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # cancelled, not deleted

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs.setdefault("form", RegistrationForm if obj else NewRegistrationForm)
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Registration | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": NEW})]
        needs = [(_("Needs of food and access"), {"fields": NEEDS})] if self._sees_needs(request) else []
        return [
            (_("State"), {"fields": STATE}),
            (_("Person"), {"fields": (*DATA, PHOTO)}),
            (_("Work"), {"fields": WORK}),
            (_("Participation"), {"fields": (*PART, "named_where")}),
            *needs,
            (_("Office"), {"fields": ("staff_note", "decision", "consents", "mails")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Registration | None = None) -> list[str]:
        return [*STATE, PHOTO, "named_where", "decision", "consents", "mails"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The category says the event too: those of announced events, or of the one in question."""
        if db_field.name == "category":
            event = request.GET.get("event", "")
            wanted = Q(event=event) if event.isdecimal() else Q(event__status=EventStatus.ANNOUNCED)
            rows = Category.objects.filter(wanted).select_related("event")
            kwargs |= {"queryset": rows.order_by("event__start_day", "event", "order"), "form_class": CategoryOfEvent}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Registration, form: Any, change: bool) -> None:
        """Through the services: they lock the seats, log what changed and say no."""
        data = {name: value for name, value in form.cleaned_data.items() if name in {f.name for f in obj._meta.fields}}
        if change:
            self._change(request, obj, {name: value for name, value in data.items() if name in form.changed_data})
            return
        category, contact = data.pop("category"), data.pop("contact")
        new = registrations.record(category.event, category, data, contact=contact, by=request.user)
        obj.pk = new.pk
        obj.refresh_from_db()
        if form.cleaned_data["submit"]:
            registrations.submit(obj, by=request.user)

    def _change(self, request: HttpRequest, obj: Registration, values: dict[str, Any]) -> None:
        try:
            registrations.change(obj, values, by=request.user)
        except Refused as refusal:  # the last seat went a moment ago; everything else is kept
            messages.error(request, str(refusal))
            values.pop("mode", None)
            registrations.change(obj, values, by=request.user)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """The service has logged it."""

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """The service has logged it."""

    def _sees_needs(self, request: HttpRequest) -> bool:
        return request.user.has_perm("forums.view_needs")

    @display(description=_("event"))
    def event_link(self, registration: Registration) -> str:
        return object_link(registration.event)

    @display(description=_("status"))
    def status_word(self, registration: Registration) -> str:
        return registration.get_status_display()

    @display(description=_("category"))
    def category_name(self, registration: Registration) -> str:
        return str(registration.category)

    @display(description=_("place in line"))
    def place_in_line(self, registration: Any) -> int | None:
        return getattr(registration, "place", None)

    @display(description=_("invitation"))
    def invitation_link(self, registration: Registration) -> str | None:
        invitation = registration.invitation
        return object_link(invitation, invitation.get_status_display()) if invitation else None

    @display(description=_("contact"))
    def contact_link(self, registration: Registration) -> str | None:
        return object_link(registration.contact) if registration.contact else None

    @display(description=_("filled in by"))
    def filled_in(self, registration: Registration) -> str:
        return registration.get_registered_by_display()

    @display(description=pgettext_lazy("registration", "sent"))
    def submitted(self, registration: Registration) -> str | None:
        at = registration.submitted_at
        return format_instant(at, registration.event.time_zone) if at else None

    @display(description=_("may be named"))
    def named_where(self, registration: Registration) -> str:
        return registration.get_list_consent_display()

    @display(description=_("photo"))
    def photo_there(self, registration: Registration) -> str | None:
        if registration.photo is None:
            return None
        url = reverse("admin:forums_registration_photo", args=[registration.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, registration.photo.name)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.show_photo)
        return [path("<int:pk>/photo/", view, name="forums_registration_photo"), *super().get_urls()]

    def show_photo(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The person's photo, for whoever may see the registration."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        registration = get_object_or_404(Registration.objects.exclude(photo=None).select_related("photo"), pk=pk)
        return serve_file(request, registration.photo, inline=True)  # type: ignore[arg-type]  # excluded above

    @display(description=_("reason of the decision"))
    def decision(self, registration: Registration) -> str:
        return registration.decision_reason

    @display(description=_("consents"))
    def consents(self, registration: Registration) -> str:
        zone = registration.event.time_zone
        rows = [
            (
                PURPOSES.get(purpose, purpose),
                _("agreed") if consent.given else _("not agreed"),
                consent.text_version,
                consent.given_by,
                format_instant(consent.at, zone),
            )
            for purpose, consent in consents_of(registration).items()
        ]
        return format_html_join(mark_safe("<br>"), "{}: {} ({}; {}; {})", rows) or str(_("None yet."))

    @display(description=_("messages to this person"))
    def mails(self, registration: Registration) -> str:
        return messages_to(registration)
