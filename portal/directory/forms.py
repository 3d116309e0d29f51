"""Forms of the directory's administration."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminURLInputWidget,
)

from portal.core.files import UploadField
from portal.directory.models import Country, FocalPoint, Organisation, Tag

ONE_A_LINE = gettext_lazy("One a line.")


class LinesField(forms.CharField):
    """A list of short texts, one a line. ``check`` raises ``ValidationError`` for a line that is not allowed."""

    def __init__(self, *, check: Callable[[str], None] | None = None, **options: Any) -> None:
        options = {"required": False, "widget": UnfoldAdminTextareaWidget(attrs={"rows": 4}), **options}
        super().__init__(**options)
        self.check = check

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        for line in lines:
            if self.check:
                self.check(line)
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or []) != "\n".join((data or "").split("\r\n"))


def check_zone(name: str) -> None:
    """``ValidationError`` unless ``name`` is an IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("“{name}” is not the name of a time zone, such as Asia/Bangkok.").format(name=name))


class CountryForm(forms.ModelForm):
    """A country; its zones and languages one a line."""

    time_zones = LinesField(
        label=gettext_lazy("IANA time zones, main one first"), help_text=ONE_A_LINE, check=check_zone
    )
    languages = LinesField(label=gettext_lazy("official languages"), help_text=gettext_lazy("Codes, one a line."))

    class Meta:
        model = Country
        fields: tuple[str, ...] = ()  # the admin's fieldsets say which


class OrganisationForm(forms.ModelForm):
    """An organisation; its other names one a line."""

    alternative_names = LinesField(
        label=gettext_lazy("other names"),
        help_text=gettext_lazy("Former, local and short names, one a line. Search and import find it by each of them."),
    )
    website = forms.URLField(
        label=gettext_lazy("website"), required=False, assume_scheme="https", widget=UnfoldAdminURLInputWidget
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()


class FocalPointForm(forms.ModelForm):
    """A designation, with its letter."""

    letter = UploadField(
        kinds=("document", "image"),
        required=False,
        label=gettext_lazy("designation letter"),
        widget=UnfoldAdminFileFieldWidget,
    )

    class Meta:
        model = FocalPoint
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if bool(values.get("country")) == bool(values.get("organisation")):
            raise ValidationError(_("Choose a country or an organisation, and not both."))
        if values.get("valid_to") and values.get("valid_from") and values["valid_to"] < values["valid_from"]:
            raise ValidationError({"valid_to": _("The end is before the beginning.")})
        return values


class TagChoiceForm(forms.Form):
    """Which tag an action is about."""

    tag = forms.ModelChoiceField(
        Tag.objects.all(), label=gettext_lazy("Tag"), widget=UnfoldAdminSelectWidget, empty_label=None
    )


class ImportForm(forms.Form):
    """A list of contacts to upload."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX, or CSV in UTF-8 or GB18030; headings in English or Chinese; at most 5,000 rows."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.csv"}),
    )
