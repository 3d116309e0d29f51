"""Fourth step: consents, each separate and unticked."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.enums import ListConsent
from forums.forms.step import StepForm
from forums.models import Registration
from forums.services.consents import LISTS, MAILING, PHOTO, PRIVACY


class ConsentForm(StepForm):
    """The privacy notice, being named, pictures, further mail."""

    step = "consent"
    heading = _("Your consent")
    short_title = _("Consent")

    privacy = forms.BooleanField(
        label=_("I have read the privacy notice and agree that my data are used as it says, for this event"),
        error_messages={
            "required": _("Without this we may not keep the registration. Please read the notice and tick.")
        },
    )
    photo_video = forms.BooleanField(
        label=_("I may be seen in photos and videos of the event that are published"), required=False
    )
    mailing = forms.BooleanField(
        label=_("You may write to me about later events and results of the cooperation"), required=False
    )

    class Meta:
        model = Registration
        fields = ["list_consent"]
        labels = {"list_consent": _("My name, organisation and country may be shown")}
        help_texts = {"list_consent": _("Never your address, telephone number or needs.")}
        widgets = {"list_consent": forms.RadioSelect}

    field_order = ["privacy", "list_consent", "photo_video", "mailing"]

    def prepare(self) -> None:
        cast(forms.ChoiceField, self.fields["list_consent"]).choices = ListConsent.choices
        for name, purpose in {"privacy": PRIVACY, "photo_video": PHOTO, "mailing": MAILING}.items():
            self.fields[name].initial = purpose in self.given

    def answers(self) -> dict[str, bool]:
        """Purpose to yes or no, as ``services.consents.record_answers`` takes them. Only of a valid form."""
        data = self.cleaned_data
        named = {purpose: data["list_consent"] in where for purpose, where in LISTS.items()}
        return {PRIVACY: data["privacy"], PHOTO: data["photo_video"], MAILING: data["mailing"], **named}
