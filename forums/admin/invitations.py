"""Invitations: who was invited, what they answered, and what an officer does about it."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from forums.admin.filters import CategoryFilter, ContactCountryFilter, EventFilter, SentFilter
from forums.admin.invitation_deeds import DEEDS
from forums.admin.mails import messages_to
from forums.admin.pages import day_of, object_link
from forums.admin.person_panel import PersonPanelMixin
from forums.enums import InvitationStatus
from forums.models import Category, Invitation
from portal.directory.models import Contact

S = InvitationStatus
# Every status stands here: unfold shows the bare code of one that does not.
LABELS = dict.fromkeys(S.values, "") | {
    S.PENDING: "warning",
    S.ACCEPTED: "success",
    S.DECLINED: "danger",
}


@admin.register(Invitation)
class InvitationAdmin(PersonPanelMixin):
    """Invitations are made on the event's own page; answers come by the link or are recorded here."""

    deeds = DEEDS
    history_actions = {
        "invite": _("invited"),
        "send": _("sent"),
        "send_again": _("sent again"),
        "accept": _("accepted"),
        "decline": _("declined"),
        "expire": _("expired"),
        "withdraw": _("withdrawn"),
        "renew": _("renewed"),
        "lock": _("locked"),
        "unlock": _("unlocked"),
        "link_shown": _("link shown to an officer"),
    }
    list_display = ["person", "country", "category", "tag", "is_locked", "sent_on", "answered"]
    list_filter = [EventFilter, ("status", ChoicesDropdownFilter), ContactCountryFilter, CategoryFilter, SentFilter]
    search_fields = ["contact__search_key"]
    search_help_text = _("Name, organisation or e-mail address")
    fields = [
        "event_link", "contact_link", "status_word", "category", "is_locked", "sent_at", "answered_at",
        "answer_channel", "decline_reason", "registration_link", "created_at", "invited_by", "mails",
    ]  # fmt: skip
    readonly_fields = [name for name in fields if name != "category"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Invitation]:
        return (
            super()
            .get_queryset(request)
            .select_related("event", "contact__country", "contact__organisation", "category", "invited_by")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """By every word of the contact's names, whatever its case and accents."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(contact__in=Contact.objects.search(search_term)), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people are invited from the event

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # withdrawn, not deleted

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "category" and request.resolver_match:
            pk = request.resolver_match.kwargs.get("object_id", "")
            kwargs["queryset"] = Category.objects.filter(event__invitations=pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("person"), header=True, ordering="contact__full_name")
    def person(self, invitation: Invitation) -> list[str]:
        return [str(invitation.contact), str(invitation.contact.organisation or "")]

    @display(description=_("country"), ordering="contact__country__order_members_then_china")
    def country(self, invitation: Invitation) -> str:
        return str(invitation.contact.country or "")

    @display(description=_("answer"), ordering="status", label=LABELS)
    def tag(self, invitation: Invitation) -> tuple[str, str]:
        return invitation.status, invitation.get_status_display()

    @display(description=_("first sent"), ordering="sent_at")
    def sent_on(self, invitation: Invitation) -> str:
        return day_of(invitation.sent_at)

    @display(description=_("answered by"), ordering="answered_at")
    def answered(self, invitation: Invitation) -> str:
        return invitation.get_answer_channel_display()

    @display(description=_("answer"))
    def status_word(self, invitation: Invitation) -> str:
        return invitation.get_status_display()

    @display(description=_("event"))
    def event_link(self, invitation: Invitation) -> str:
        return object_link(invitation.event)

    @display(description=_("person"))
    def contact_link(self, invitation: Invitation) -> str:
        return object_link(invitation.contact)

    @display(description=_("registration"))
    def registration_link(self, invitation: Invitation) -> str | None:
        registration = invitation.registrations.order_by("-pk").first()
        return object_link(registration, registration.get_status_display()) if registration else None

    @display(description=_("messages to this person"))
    def mails(self, invitation: Invitation) -> str:
        return messages_to(invitation)
