"""Texts in versions (privacy notice, charters, declarations) and the consents that name them."""

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.fields import HTMLField
from portal.core.personal import PersonalClass
from portal.core.querysets import TextVersionQuerySet


class TextVersion(models.Model):
    """One version of a text in every language it exists in. A released version is never edited."""

    code = models.SlugField(_("text"), max_length=60, help_text=_("For example “privacy-notice”."))
    version = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    body = HTMLField(_("text"), help_text=_("HTML; cleaned when saved."))
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-released_at"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="core_text_version_once")]
        verbose_name = _("text version")
        verbose_name_plural = _("text versions")

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def clean(self) -> None:
        if self._is_released_already():
            raise ValidationError(_("This version is released and cannot be changed. Write a new version instead."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """``ValueError`` for a released version: people agreed to these words."""
        if self._is_released_already():
            raise ValueError("a released text is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self._is_released_already():
            raise ValueError("a released text is never deleted")
        return super().delete(*args, **kwargs)

    def _is_released_already(self) -> bool:
        return self.pk is not None and TextVersion.objects.filter(pk=self.pk, released_at__isnull=False).exists()


class Consent(models.Model):
    """Somebody agreed, or stopped agreeing, to one purpose under one version of a text. Rows are only added."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind of record"))
    object_id = models.CharField(_("record"), max_length=64)
    subject = GenericForeignKey("content_type", "object_id")
    purpose = models.CharField(_("purpose"), max_length=40)
    given = models.BooleanField(_("given"))
    text_version = models.ForeignKey(TextVersion, models.PROTECT, verbose_name=_("text version"))
    given_by = models.CharField(_("given by"), max_length=200)
    at = models.DateTimeField(_("time"), default=timezone.now)

    PERSONAL = {"given_by": PersonalClass.IDENTITY}

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "purpose"])]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.purpose}: {self.given}"
