"""The catalogue: one row for each thing of any wing that is, was or may become public."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.enums import DatePrecision
from portal.core.links import new_public_id
from portal.core.models import StoredFile
from portal.directory.models import Country
from portal.library.languages import LANGUAGES
from portal.library.models.framework import Theme
from portal.library.querysets import CatalogueQuerySet


class CatalogueItem(models.Model):
    """One thing, whatever wing it lives in. Written by ``services.catalogue`` alone.

    ``public_from`` and ``public_until`` alone make it public. ``address`` is its page without the language.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    kind = models.SlugField(_("kind"), max_length=30)
    address = models.CharField(_("page"), max_length=200, db_index=True)
    day = models.DateField(_("date"), null=True, blank=True)
    day_precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    is_result = models.BooleanField(_("result"), default=False)
    is_demo = models.BooleanField(_("demonstration"), default=False)
    public_from = models.DateTimeField(_("public from"), null=True, blank=True)
    public_until = models.DateTimeField(_("public until"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last change"))
    cover = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, blank=True, related_name="items", verbose_name=_("themes"))
    countries = models.ManyToManyField(Country, blank=True, related_name="items", verbose_name=_("countries"))
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related"))

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        ordering = [models.F("day").desc(nulls_last=True), "-pk"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="library_one_item_a_thing")]
        indexes = [
            models.Index(fields=["is_result", "public_from", "day"], name="library_results"),
            models.Index(fields=["kind", "public_from"], name="library_kinds"),
        ]
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue")
        permissions = [
            ("submit_item", _("Can submit things for review")),
            ("check_item", _("Can check what others submitted")),
            ("publish_item", _("Can publish and unpublish")),
            ("edit_texts", _("Can edit the texts of drafts")),
        ]

    def __str__(self) -> str:
        """The title in the reader's language, else in another; the address of what has none."""
        titles = {text.language: text.title for text in self.texts.all()} if self.pk else {}
        return titles.get(get_language() or "") or next(iter(titles.values()), self.address)


class CatalogueText(models.Model):
    """Title and summary of an item in one language. ``source_hash``: of the English text it was written against."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=400)
    summary = models.TextField(_("in short"), blank=True)
    source_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="library_one_text_a_language")]
        verbose_name = _("catalogue text")
        verbose_name_plural = _("catalogue texts")

    def __str__(self) -> str:
        return self.title


class CatalogueLanguage(models.Model):
    """A language in which the thing itself can be read."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="library_one_row_a_language")]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return self.language


class PastAddress(models.Model):
    """An address that an item had before; it leads on to the present one."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="past_addresses")
    address = models.CharField(_("page"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.address


class SearchDocument(models.Model):
    """The words of an item in all its languages, encoded for the full-text index (``library.search``).

    The index hangs on this table by a trigger or a column that Django does not know (migration ``0002_search_index``).
    A migration that alters the table makes them anew.
    """

    item = models.OneToOneField(CatalogueItem, models.CASCADE, primary_key=True, related_name="search")
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """A word of an item's titles and summaries, to offer for a mistyped one."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="search_terms")
    term = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "item"], name="library_one_term_an_item")]
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")

    def __str__(self) -> str:
        return self.term
