"""Forms for the data of a registration: one that is there, and one that an officer opens for somebody."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldBooleanWidget

from forums.enums import ParticipationMode, RegistrationStatus
from forums.models import Registration, SeatPool
from forums.rules import REQUIRED
from forums.services.errors import AlreadyRegistered, NoSeat

DATA = (
    "title", "full_name", "family_name", "native_name", "badge_name", "email", "phone", "language", "assistant_name",
    "assistant_email",
)  # fmt: skip
WORK = ("country", "organisation_name", "department", "position")
PART = ("mode", "interpretation")
NEEDS = ("diet", "diet_note", "access_needs")


class CategoryOfEvent(forms.ModelChoiceField):
    """Categories of several events, each named with its event."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.event} – {obj}"


class RegistrationForm(forms.ModelForm):
    """The person's data as given for this event."""

    def clean_mode(self) -> str:
        """Going from online into the room takes a seat: said here, before anything is saved."""
        mode: str = self.cleaned_data["mode"]
        registration: Registration = self.instance
        confirmed = registration.status == RegistrationStatus.CONFIRMED
        changes = confirmed and mode == ParticipationMode.IN_PERSON and "mode" in self.changed_data
        if changes and not registration.category.online_takes_seat and not _has_room(registration):
            raise ValidationError(str(NoSeat()))
        return mode


class NewRegistrationForm(forms.ModelForm):
    """Somebody who cannot, or will not, register online."""

    submit = forms.BooleanField(
        label=_("Send it now"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
        help_text=_("A seat, the waiting list or the approval follows, and the person gets the message. Else a draft."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        category, contact = data.get("category"), data.get("contact")
        if (
            category
            and contact
            and Registration.objects.active().filter(event=category.event, contact=contact).exists()
        ):
            self.add_error("contact", str(AlreadyRegistered(str(contact))))
        if data.get("submit"):
            for name in (name for names in REQUIRED.values() for name in names):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed to send the registration. Fill it in, or keep a draft."))
        return data


def _has_room(registration: Registration) -> bool:
    pools = SeatPool.objects.filter(event=registration.event)
    return all(pool.has_room for pool in pools if pool.category_id in (None, registration.category_id))
