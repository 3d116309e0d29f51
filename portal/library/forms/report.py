"""Forms of the public pages of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.library.models import RecordReport


class ReportForm(forms.ModelForm):
    """What is wrong with a record, and, who wants an answer, where to send it."""

    # People never see it; programs that fill in everything give themselves away.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = RecordReport
        fields = ("message", "email")
        help_texts = {
            "message": _("Say what is wrong and, if you can, where the right thing can be read."),
            "email": _("Only for our answer to this report."),
        }
        error_messages = {
            "message": {"required": _("Say what is wrong.")},
            "email": {"invalid": _("Enter an e-mail address such as name@ministry.example, or leave this empty.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].widget.attrs["rows"] = 6
        self.fields["email"].widget.attrs.update({"autocomplete": "email", "inputmode": "email"})

    @property
    def is_filled_by_a_program(self) -> bool:
        return bool(self.data.get("website"))
