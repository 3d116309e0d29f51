"""What an officer can do about invitations."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from forums.admin.deeds import Deed
from forums.enums import AnswerChannel, InvitationStatus
from forums.services import invitations

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
        fits=lambda invitation: not invitation.is_locked,
    ),
    Deed(
        "unlock",
        _("Unlock"),
        _("The link can be handed on, for example to an assistant."),
        invitations.unlock,
        ngettext_lazy("%(count)d invitation unlocked.", "%(count)d invitations unlocked.", "count"),
        (S.PENDING, S.ACCEPTED),
        fits=lambda invitation: invitation.is_locked,
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
