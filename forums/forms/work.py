"""Second step: whom the person represents."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.forms.step import StepForm, attributes
from forums.models import Registration
from portal.directory.enums import Party
from portal.directory.models import Country


class WorkForm(StepForm):
    """Country, organisation, department, position."""

    step = "work"
    heading = _("The person’s work")
    short_title = _("Work")

    class Meta:
        model = Registration
        fields = ["country", "organisation_name", "department", "position"]
        widgets = {
            "country": forms.Select(attributes(autocomplete="country-name")),
            "organisation_name": forms.TextInput(attributes(autocomplete="organization", dir="auto")),
            "department": forms.TextInput(attributes(autocomplete="off", dir="auto")),
            "position": forms.TextInput(attributes(autocomplete="organization-title", dir="auto", enterkeyhint="done")),
        }

    def prepare(self) -> None:
        self.fields["country"].help_text = _(
            "For an international or regional organisation: the country in which you work."
        )
        self.fields["organisation_name"].help_text = _("As it should be printed.")
        self.fields["position"].help_text = _("As it should be printed.")
        countries = list(Country.objects.in_order().values_list("pk", "name", "party"))
        parties = [(pk, name) for pk, name, party in countries if party != Party.OTHER]
        others = [(pk, name) for pk, name, party in countries if party == Party.OTHER]
        cast(forms.ChoiceField, self.fields["country"]).choices = [
            ("", _("Please choose")),
            (_("ASEAN Member States and China"), parties),
            (_("Other countries"), others),
        ]
