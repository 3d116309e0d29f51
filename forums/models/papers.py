"""Papers of an event, one file per language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.enums import PaperAccess, PaperKind
from forums.models.events import Event
from forums.models.programme import Session
from portal.core.models import StoredFile


class EventPaper(models.Model):
    """One paper: concept note, provisional programme, administrative note …"""

    event = models.ForeignKey(Event, models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=16, choices=PaperKind, default=PaperKind.OTHER)
    title = models.CharField(_("title"), max_length=200, blank=True)
    access = models.CharField(
        _("who may open it"), max_length=12, choices=PaperAccess, default=PaperAccess.PARTICIPANTS
    )
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name=_("session")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class EventPaperFile(models.Model):
    """The paper in one language."""

    paper = models.ForeignKey(EventPaper, models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="paper_files", verbose_name=_("file"))

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["paper", "language"], name="forums_paper_file_once")]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return f"{self.paper} ({self.get_language_display()})"
