"""Vocabularies of the ground floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", pgettext_lazy("precision", "day")
    MONTH = "month", pgettext_lazy("precision", "month")
    YEAR = "year", pgettext_lazy("precision", "year")


class Grade(models.TextChoices):
    """How good the source of a statement is. What is only recalled is never shown before an officer confirms it."""

    OFFICIAL = "official", _("official source")
    PRESS = "press", _("press or other published source")
    RECALLED = "recalled", _("from memory, no source read")


SOURCED = (Grade.OFFICIAL, Grade.PRESS)


class FactStatus(models.TextChoices):
    """What the office made of a stated fact."""

    OPEN = "open", _("to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    CORRECTED = "corrected", _("corrected")
    REJECTED = "rejected", _("rejected")


class ReviewDecision(models.TextChoices):
    """What somebody who checked a thing decided."""

    APPROVED = "approved", _("approved")
    CHANGES = "changes", _("changes requested")
