"""What every step of a registration has in common."""

from copy import copy
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.models import Registration
from forums.rules import REQUIRED

# What to do, not only what is wrong.
ASK = {
    "full_name": _("Write the name as it should be printed. One word is enough if that is the whole name."),
    "email": _("Write an address that is read: the confirmation goes there."),
    "country": _("Choose the country represented."),
    "organisation_name": _("Write the organisation as it should be printed."),
    "position": _("Say what you do, as it should be printed."),
}

ADDRESS = _("Check the address: it should look like name@ministry.example.")


class StepForm(forms.ModelForm):
    """One step. Validates against a copy, so that the services see what was stored before.

    ``given`` are the purposes consented to so far (``services.consents.agreed_to``).
    """

    step = ""
    heading: str | Promise = ""
    short_title: str | Promise = ""

    def __init__(self, *args: Any, registration: Registration, given: set[str], **kwargs: Any) -> None:
        self.registration = registration
        self.given = given
        super().__init__(*args, **{**kwargs, "instance": copy(registration)})
        for name in REQUIRED.get(self.step, ()):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = ASK[name]
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to this registration and its event."""

    def values(self) -> dict[str, Any]:
        """The valid values by field of the model, also of a form with errors elsewhere."""
        model_fields = self._meta.fields or ()
        return {name: self.cleaned_data[name] for name in model_fields if name in self.cleaned_data}

    def fieldsets(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """``(heading, fields)`` in the order of the page."""
        return [("", list(self.visible_fields()))]

    def differences(self) -> list[tuple[str | Promise, str]]:
        """``(label, stored value in words)`` of each field whose typed value is not the stored one."""
        return [
            (field.label, self.stored_words(field.name))
            for field in self.visible_fields()
            if field.name in self.changed_data and not isinstance(field.field, forms.FileField)
        ]

    def stored_words(self, name: str) -> str:
        """What is stored now under the field ``name``, as the page shows it."""
        display = getattr(self.registration, f"get_{name}_display", None)
        value = (
            display()
            if display
            else getattr(self.registration, name, self.get_initial_for_field(self.fields[name], name))
        )
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        return str(value) if value not in (None, "") else str(_("empty"))


def attributes(**attrs: str) -> dict[str, str]:
    """HTML attributes of a widget: ``enterkeyhint="next"`` unless said otherwise, ``_`` stands for ``-``."""
    return {name.replace("_", "-"): value for name, value in {"enterkeyhint": "next", **attrs}.items()}
