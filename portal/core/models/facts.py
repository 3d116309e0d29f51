"""Facts that wait for the office's word: one field of one record, its value, its source."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.enums import FactStatus, Grade
from portal.core.querysets import FactQuerySet


class Fact(models.Model):
    """One field of the opening content.

    ``value`` is what the source says. ``is_shown`` tells whether it stands in the field of the record already: what
    was only recalled does not, until somebody confirms it with evidence.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind of record"))
    object_id = models.CharField(_("record"), max_length=64)
    subject = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=60)
    value = models.JSONField(_("value"))
    grade = models.CharField(_("grade of the source"), max_length=10, choices=Grade)
    source = models.TextField(_("source"), blank=True)
    is_shown = models.BooleanField(_("stands in the record"), default=False)
    status = models.CharField(_("state"), max_length=10, choices=FactStatus, default=FactStatus.OPEN)
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("Where it can be read: a document, a page."))
    confirmed_value = models.JSONField(_("confirmed value"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["content_type", "object_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "field"], name="core_one_fact_a_field")
        ]
        indexes = [models.Index(fields=["status", "grade"])]
        verbose_name = _("fact to confirm")
        verbose_name_plural = _("facts to confirm")

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"
