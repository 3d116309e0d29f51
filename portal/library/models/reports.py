"""Errors that readers report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.personal import PersonalClass
from portal.library.enums import ReportStatus
from portal.library.models.catalogue import CatalogueItem


class RecordReport(models.Model):
    """What somebody says is wrong with a public record."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="reports", verbose_name=_("record"))
    message = models.TextField(_("what is wrong"), max_length=4000)
    email = models.EmailField(_("e-mail, if you want an answer"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    status = models.CharField(_("state"), max_length=10, choices=ReportStatus, default=ReportStatus.OPEN)
    note = models.TextField(_("what was done"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("handled by")
    )
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)

    PERSONAL = {"email": PersonalClass.CONTACT, "message": PersonalClass.IDENTITY}

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")

    def __str__(self) -> str:
        return self.message[:60]
