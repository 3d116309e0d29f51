"""Questions about registrations and events that several services and pages ask. No model is imported."""

from typing import TYPE_CHECKING

from forums.enums import ParticipationMode

if TYPE_CHECKING:
    from forums.models import Registration

# What must be said before a registration can be sent, by the step of the form that asks it.
REQUIRED = {"you": ("full_name", "email"), "work": ("country", "organisation_name", "position")}


def needs_seat(registration: "Registration") -> bool:
    """Whether this person takes a seat when confirmed."""
    return registration.mode == ParticipationMode.IN_PERSON or registration.category.online_takes_seat


def missing_fields(registration: "Registration") -> list[str]:
    """The required fields that are still empty, in the order of the form."""
    return [name for names in REQUIRED.values() for name in names if not getattr(registration, name)]
