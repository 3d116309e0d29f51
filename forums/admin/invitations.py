"""Invitations: who was invited, what they answered, and what an officer does about it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from forums.admin.deeds import Deed, DeedsMixin
from forums.admin.filters import CategoryFilter, ContactCountryFilter, EventFilter, SentFilter
from forums.admin.mails import messages_to
from forums.admin.pages import day_of
from forums.admin.personal_link import PersonalLinkMixin
from forums.enums import AnswerChannel, InvitationStatus
from forums.models import Category, Invitation
from forums.services import invitations
from portal.core.admin.base import PortalModelAdmin
from portal.directory.models import Contact

S = InvitationStatus
ANSWERS = ((S.ACCEPTED, _("accepts")), (S.DECLINED, _("declines")))


class AnswerForm(forms.Form):
    """An answer that came another way than by the link."""

    answer = forms.ChoiceField(
        label=_("The person"), choices=ANSWERS, widget=UnfoldAdminRadioSelectWidget(radio_style=admin.VERTICAL)
    )
    channel = forms.ChoiceField(
        label=_("The answer came by"),
        choices=[choice for choice in AnswerChannel.choices if choice[0] != AnswerChannel.LINK],
        widget=UnfoldAdminSelectWidget,
    )
    reason = forms.CharField(label=_("Reason, if declined"), required=False, widget=UnfoldAdminTextareaWidget)


DEEDS = (
    Deed(
        "send",
        _("Send (again)"),
        _("Each person gets the invitation with the same link as before, in their own language."),
        invitations.send_invitation,
        ngettext_lazy("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", "count"),
        (S.PENDING, S.ACCEPTED, S.DECLINED, S.EXPIRED),
    ),
    Deed(
        "answer",
        _("Record an answer"),
        _("The answer counts as if it had come by the link. Who accepts gets a draft registration for you to fill in."),
        invitations.record_answer,
        ngettext_lazy("%(count)d answer recorded.", "%(count)d answers recorded.", "count"),
        (S.PENDING, S.ACCEPTED, S.DECLINED, S.EXPIRED),
        AnswerForm,
    ),
    Deed(
        "renew",
        _("Renew"),
        _("A declined, expired or withdrawn invitation opens again with a new link. Send it afterwards."),
        invitations.renew,
        ngettext_lazy("%(count)d invitation renewed.", "%(count)d invitations renewed.", "count"),
        (S.DECLINED, S.EXPIRED, S.WITHDRAWN),
    ),
    Deed(
        "lock",
        _("Lock to the person"),
        _("The first opening in a new browser asks for a code sent to the invited address."),
        invitations.lock,
        ngettext_lazy("%(count)d invitation locked.", "%(count)d invitations locked.", "count"),
        (S.PENDING, S.ACCEPTED),
    ),
    Deed(
        "unlock",
        _("Unlock"),
        _("The link can be handed on, for example to an assistant."),
        invitations.unlock,
        ngettext_lazy("%(count)d invitation unlocked.", "%(count)d invitations unlocked.", "count"),
        (S.PENDING, S.ACCEPTED),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _(
            "The link dies, waiting messages are cancelled, and a registration made with it too. Who already got the "
            "invitation is told."
        ),
        invitations.withdraw,
        ngettext_lazy("%(count)d invitation withdrawn.", "%(count)d invitations withdrawn.", "count"),
        (S.PENDING, S.ACCEPTED, S.DECLINED, S.EXPIRED),
        danger=True,
    ),
)
# Every status stands here: unfold shows the bare code of one that does not.
LABELS = dict.fromkeys(S.values, "") | {
    S.PENDING: "warning",
    S.ACCEPTED: "success",
    S.DECLINED: "danger",
}


@admin.register(Invitation)
class InvitationAdmin(DeedsMixin, PersonalLinkMixin, PortalModelAdmin):
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
    change_form_outer_before_template = "admin/forums/person_panel.html"
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

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id) if object_id else None
        context: dict[str, Any] = {"deeds": None}
        if obj and self.has_change_permission(request, obj):
            link = reverse("admin:forums_invitation_link", args=[obj.pk])
            context = {"deeds": self.buttons(obj), "link_url": link}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **context})

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
        url = reverse("admin:forums_event_change", args=[invitation.event_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, invitation.event)

    @display(description=_("person"))
    def contact_link(self, invitation: Invitation) -> str:
        url = reverse("admin:directory_contact_change", args=[invitation.contact_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, invitation.contact)

    @display(description=_("registration"))
    def registration_link(self, invitation: Invitation) -> str | None:
        registration = invitation.registrations.order_by("-pk").first()
        if registration is None:
            return None
        url = reverse("admin:forums_registration_change", args=[registration.pk])
        return format_html('<a class="desk-link" href="{}">{}</a>', url, registration.get_status_display())

    @display(description=_("messages to this person"))
    def mails(self, invitation: Invitation) -> str:
        return messages_to(invitation)
