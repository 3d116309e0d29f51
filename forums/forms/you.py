"""First step: who takes part, and who fills this in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.enums import RegisteredBy
from forums.files import PHOTO
from forums.forms.step import ADDRESS, StepForm, attributes
from forums.models import Registration
from portal.core.files import UploadField, store_upload


class YouForm(StepForm):
    """Name, photo, address, language; and the assistant, when one writes for somebody else."""

    step = "you"
    heading = _("The person who takes part")
    short_title = _("Person")

    photo_file = UploadField(
        kinds=["image"],
        label=_("Photo for the badge"),
        required=False,
        help_text=_("If you like. A picture from your phone will do (JPEG, PNG, HEIC)."),
    )
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    for_somebody_else = forms.BooleanField(label=_("I am filling this in for somebody else"), required=False)

    class Meta:
        model = Registration
        fields = [
            "title",
            "full_name",
            "family_name",
            "native_name",
            "badge_name",
            "email",
            "phone",
            "language",
            "assistant_name",
            "assistant_email",
        ]
        widgets = {
            "title": forms.TextInput(attributes(autocomplete="honorific-prefix")),
            "full_name": forms.TextInput(attributes(autocomplete="name", autocapitalize="words")),
            "family_name": forms.TextInput(attributes(autocomplete="family-name")),
            "native_name": forms.TextInput(attributes(autocomplete="off", dir="auto")),
            "badge_name": forms.TextInput(attributes(autocomplete="nickname", dir="auto")),
            "email": forms.EmailInput(attributes(autocomplete="email", inputmode="email")),
            "phone": forms.TextInput(attributes(type="tel", autocomplete="tel", inputmode="tel")),
            "assistant_name": forms.TextInput(attributes(autocomplete="section-assistant name")),
            "assistant_email": forms.EmailInput(
                attributes(autocomplete="section-assistant email", inputmode="email", enterkeyhint="done")
            ),
        }
        error_messages = {"email": {"invalid": ADDRESS}, "assistant_email": {"invalid": ADDRESS}}

    def prepare(self) -> None:
        self.fields["phone"].help_text = _("With the country code, for example +66 …")
        self.fields["email"].help_text = _("An address shared by an office is fine.")
        self.fields["for_somebody_else"].initial = self.registration.registered_by == RegisteredBy.ASSISTANT
        country = self.registration.country
        if country and country.languages:
            # Tells the browser which font and keyboard the name in the person's own script wants.
            self.fields["native_name"].widget.attrs["lang"] = country.languages[0]
        if not self.registration.photo_id:
            del self.fields["remove_photo"]

    def fieldsets(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        assistant = ("for_somebody_else", "assistant_name", "assistant_email")
        reach = ("email", "phone", "language")
        apart = {*assistant, *reach}
        return [
            (_("Name"), [field for field in self.visible_fields() if field.name not in apart]),
            (_("How to reach the person"), [self[name] for name in reach]),
            (_("Who fills this in"), [self[name] for name in assistant]),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("for_somebody_else") and not data.get("assistant_name") and "assistant_name" not in self.errors:
            self.add_error(
                "assistant_name", ValidationError(_("Write your own name here, so that we know whom to ask."))
            )
        return data

    def values(self) -> dict[str, Any]:
        """As every step; a photo is stored here, not before, so that none is left over from a refused page."""
        values = super().values()
        by_assistant = self.cleaned_data.get("for_somebody_else", False)
        if by_assistant:
            values["registered_by"] = RegisteredBy.ASSISTANT
        elif self.registration.registered_by == RegisteredBy.ASSISTANT:
            values["registered_by"] = RegisteredBy.SELF
        if self.cleaned_data.get("photo_file"):
            values["photo"] = store_upload(self.cleaned_data["photo_file"], purpose=PHOTO, kinds=["image"])
        elif self.cleaned_data.get("remove_photo"):
            values["photo"] = None
        return values
