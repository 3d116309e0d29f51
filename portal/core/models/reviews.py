"""Reviews: somebody else looked at a thing before it went on."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.enums import ReviewDecision


class Review(models.Model):
    """One check of one thing by one person. Rows are only added."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind of record"))
    object_id = models.CharField(_("record"), max_length=64)
    subject = GenericForeignKey("content_type", "object_id")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("checked by")
    )
    decision = models.CharField(_("decision"), max_length=10, choices=ReviewDecision)
    comments = models.TextField(_("comments"), blank=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        verbose_name = _("check by a second person")
        verbose_name_plural = _("checks by a second person")

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.get_decision_display()}"
