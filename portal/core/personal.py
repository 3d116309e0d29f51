"""Personal fields are marked on the model that holds them; audit and purge read the marks."""

from django.db import models


class PersonalClass(models.TextChoices):
    """How sensitive a field is, and so how long it may be kept."""

    IDENTITY = "identity"
    CONTACT = "contact"
    HEALTH = "health"  # needs of diet and access
    TRAVEL = "travel"


def personal_fields(model: type[models.Model]) -> dict[str, PersonalClass]:
    """The marks of ``model``: its attribute ``PERSONAL``, a dict of field name to class; empty when it has none."""
    marks: dict[str, PersonalClass] = getattr(model, "PERSONAL", {})
    return marks
