"""A message an officer writes to a filtered audience."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.models import StoredFile
from portal.mail.enums import AdHocState


class AdHocMessage(models.Model):
    """Text in both languages, an audience by code, previewed, counted and confirmed before it goes."""

    scope = models.CharField(_("scope"), max_length=60, db_index=True)
    audience = models.CharField(_("to whom"), max_length=40)
    subject_en = models.CharField(_("subject in English"), max_length=200)
    body_en = models.TextField(_("text in English"))
    subject_zh = models.CharField(_("subject in Chinese"), max_length=200, blank=True)
    body_zh = models.TextField(_("text in Chinese"), blank=True)
    attachments = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name=_("files"))
    keep_window = models.BooleanField(
        _("only in working hours"),
        default=True,
        help_text=_("Each person gets it on a working day between 8:00 and 18:00 where they are."),
    )
    state = models.CharField(_("state"), max_length=10, choices=AdHocState, default=AdHocState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("message to many")
        verbose_name_plural = _("messages to many")

    def __str__(self) -> str:
        return self.subject_en
