"""Third step: how the person takes part, and what the hosts should prepare."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.enums import EventMode, ParticipationMode
from forums.forms.step import StepForm, attributes
from forums.models import Registration


class PartForm(StepForm):
    """Mode, interpretation, food, access."""

    step = "part"
    heading = _("Taking part")
    short_title = _("Taking part")

    class Meta:
        model = Registration
        fields = ["mode", "interpretation", "diet", "diet_note", "access_needs"]
        widgets = {
            "mode": forms.RadioSelect,
            "interpretation": forms.TextInput(attributes(autocomplete="off")),
            "diet_note": forms.TextInput(attributes(autocomplete="off")),
            "access_needs": forms.Textarea({"rows": 3}),
        }

    def prepare(self) -> None:
        mode = self.registration.event.mode
        if mode == EventMode.HYBRID:
            cast(forms.ChoiceField, self.fields["mode"]).choices = ParticipationMode.choices
        else:
            del self.fields["mode"]
        self.fields["interpretation"].help_text = _("The language you would like to listen to, if you need one.")
        self.fields["access_needs"].help_text = _(
            "For example a wheelchair place, a seat near the front, a companion. What you write here and about food is "
            "seen only by the officers who prepare the event; it never stands in a list of participants."
        )
        self.fields["diet_note"].help_text = _("Allergies, and anything else the kitchen should know.")
