"""When messages go out by themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderRule(models.Model):
    """“Tell this audience, so long before or after that moment.” Audiences and anchors are registered by the wings."""

    scope = models.CharField(_("scope"), max_length=60, db_index=True)
    audience = models.CharField(_("who"), max_length=40)
    anchor = models.CharField(_("moment"), max_length=40)
    offset_hours = models.IntegerField(
        _("hours"), help_text=_("Negative: before the moment; 0: at it; positive: after.")
    )
    kind = models.CharField(_("message"), max_length=60)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["scope", "anchor", "offset_hours"]
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")

    def __str__(self) -> str:
        return f"{self.audience}, {self.anchor} {self.offset_hours:+d} h"


class Holiday(models.Model):
    """A day on which nothing that keeps the window is sent to a country."""

    country = models.ForeignKey("directory.Country", models.CASCADE, related_name="holidays", verbose_name=_("country"))
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["country", "day"], name="mail_holiday_once")]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
