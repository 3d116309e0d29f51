"""What came of an event."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.enums import OutcomeTextKind
from forums.models.events import Event
from forums.querysets import OutcomeQuerySet
from portal.core.fields import HTMLField
from portal.core.models import StoredFile
from portal.library.enums import Licence
from portal.library.models import Document, Publishable


class Outcome(Publishable):
    """Summary, texts, documents and photos of one event."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="outcome", verbose_name=_("event"))
    lead = models.TextField(_("in short"), blank=True, help_text=_("Two or three sentences for lists and feeds."))
    summary = HTMLField(_("summary"), blank=True)
    next_steps = HTMLField(_("next steps"), blank=True)
    licence = models.CharField(_("licence"), max_length=14, choices=Licence, default=Licence.ASK, blank=True)
    documents = models.ManyToManyField(Document, through="OutcomeDocument", related_name="outcomes")

    objects = OutcomeQuerySet.as_manager()  # type: ignore[misc]  # a manager with more than the base has

    class Meta:
        ordering = ["-event__start_day", "-pk"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return str(self.event)

    def get_absolute_url(self) -> str:
        return reverse("forums:outcomes", args=[self.event.slug])


class OutcomeText(models.Model):
    """A declaration or other text of the event; its versions are ``TextVersion`` rows of this code."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="texts")
    kind = models.CharField(_("kind"), max_length=16, choices=OutcomeTextKind, default=OutcomeTextKind.DECLARATION)
    code = models.SlugField(_("text"), max_length=60, unique=True, help_text=_("The code of its versions."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("text in versions")
        verbose_name_plural = _("texts in versions")

    def __str__(self) -> str:
        return self.code


class OutcomeDocument(models.Model):
    """A document of the library that belongs to the outcome."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="outcome_documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("document"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["outcome", "document"], name="forums_outcome_document_once")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return str(self.document)


class OutcomePhoto(models.Model):
    """A photo with what it shows in words, and whose it is."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="outcome_photos", verbose_name=_("photo"))
    thumbnail = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("small photo"),
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    alt = models.CharField(_("what the photo shows"), max_length=250, help_text=_("For those who cannot see it."))
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=150)
    consent_note = models.CharField(
        _("consent and licence"),
        max_length=300,
        blank=True,
        help_text=_("Who agreed to be shown, and on what terms the photo may be used. For the office only."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.alt or self.file.name

    @property
    def shown(self) -> StoredFile:
        """The picture for pages that show many."""
        return self.thumbnail or self.file
