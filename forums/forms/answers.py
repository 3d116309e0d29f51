"""A reason, if one is given: for declining and for cancelling."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Always valid unless the reason is far too long."""

    reason = forms.CharField(
        label=_("Reason, if you wish to give one"),
        help_text=_("For example who could come instead. The organisers read it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
