"""The form with which an officer decides on a fact: evidence, and another value when the stated one is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectMultipleWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from portal.core.facts import NATURAL_KEYS, as_stored
from portal.core.models import Fact

CONFIRM, CORRECT, REJECT = "confirm", "correct", "reject"
DECISIONS = (CONFIRM, CORRECT, REJECT)
EMPTY = "–"


class EvidenceForm(forms.Form):
    """Where it can be read."""

    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Where this can be read: a document and its page, a letter, an address."),
    )


class DecideForm(EvidenceForm):
    """With the value as the record's own field takes it. ``value`` may stay empty unless it is to be corrected."""

    def __init__(self, *args: Any, fact: Fact, value: forms.Field | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = str(self.data.get("decision", ""))
        if value is not None:
            value.label = _("The right value")
            value.help_text = _("Only for “Correct”. The stated value stands here to begin with.")
            value.required = value.required and self.decision == CORRECT
            self.fields["value"] = value
            self.initial["value"] = fact.value

    def clean_value(self) -> Any:
        """A wrong value troubles nobody who does not correct."""
        return as_stored(self.cleaned_data["value"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.decision != CORRECT:
            self.errors.pop("value", None)
        if self.decision not in DECISIONS:
            raise ValidationError(_("Choose what to do: confirm, correct or reject."))
        return data


def related_field(column: models.Field) -> forms.Field | None:
    """A choice among other records by the key that facts name them by; None when ``column`` holds no records."""
    if not isinstance(column, models.ForeignKey | models.ManyToManyField):
        return None
    model: Any = column.related_model
    names = {one.name for one in model._meta.get_fields()}
    key = next(name for name in NATURAL_KEYS if name in names)
    if isinstance(column, models.ManyToManyField):
        return forms.ModelMultipleChoiceField(
            model._default_manager.all(), to_field_name=key, widget=UnfoldAdminSelectMultipleWidget
        )
    return forms.ModelChoiceField(
        model._default_manager.all(), to_field_name=key, required=not column.blank, widget=UnfoldAdminSelectWidget
    )


def shown_value(column: models.Field, value: Any) -> str:
    """A stored value in words."""
    if value in (None, "", []):
        return EMPTY
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(dict(column.flatchoices).get(value, value)) if getattr(column, "choices", None) else str(value)
