"""Documents, one file per language."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.enums import DatePrecision
from portal.core.models import StoredFile
from portal.directory.models import Country, Organisation
from portal.library.enums import DocumentKind, Licence
from portal.library.languages import LANGUAGES
from portal.library.models.publishing import Publishable


class Document(Publishable):
    """A report, declaration, study … in one or more languages."""

    slug = models.SlugField(_("page address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind, default=DocumentKind.REPORT)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("in short"), blank=True)
    authors = models.CharField(_("authors"), max_length=300, blank=True, help_text=_("As printed."))
    publisher = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    day = models.DateField(_("date"), null=True, blank=True)
    day_precision = models.CharField(
        _("known of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    licence = models.CharField(_("licence"), max_length=14, choices=Licence, default=Licence.ASK, blank=True)
    themes = models.ManyToManyField("library.Theme", blank=True, related_name="documents", verbose_name=_("themes"))
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries concerned"))

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.slug])


class DocumentFile(models.Model):
    """The document in one language, with its title in that language."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    title = models.CharField(_("title in this language"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="document_files", verbose_name=_("file"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["document", "language"], name="library_document_file_once")]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return f"{self.document} ({self.get_language_display()})"
