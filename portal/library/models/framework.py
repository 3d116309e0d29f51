"""What the programme rests on: mandates, and the themes of each framework period."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.enums import DatePrecision
from portal.library.enums import RESULT_MANDATES, Adoption, MandateKind
from portal.library.models.documents import Document
from portal.library.models.publishing import Publishable
from portal.library.querysets import NamedManager


class Mandate(Publishable):
    """A summit statement, vision, strategy or action plan, under its official name as printed."""

    slug = models.SlugField(_("page address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MandateKind, default=MandateKind.SUMMIT)
    name = models.CharField(_("official name"), max_length=400, help_text=_("As printed, never unified."))
    short_name = models.CharField(_("short name"), max_length=150, blank=True)
    body = models.CharField(_("adopted or issued by"), max_length=250, blank=True)
    summary = models.TextField(_("in short"), blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    day_precision = models.CharField(
        _("known of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    period_from = models.PositiveSmallIntegerField(_("period: first year"), null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(_("period: last year"), null=True, blank=True)
    adoption = models.CharField(_("adoption"), max_length=10, choices=Adoption, default=Adoption.UNKNOWN)
    text = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("text"),
        help_text=_("The document with a file per language."),
    )
    basis = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="grounds", verbose_name=_("rests on")
    )

    class Meta:
        ordering = ["day", "slug"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_from__isnull=True)
                | models.Q(period_to__isnull=True)
                | models.Q(period_to__gte=models.F("period_from")),
                name="library_mandate_period_in_order",
                violation_error_message=_("The last year is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("library:mandate", args=[self.slug])

    @property
    def is_result(self) -> bool:
        return self.kind in RESULT_MANDATES and self.adoption == Adoption.ADOPTED


class Theme(models.Model):
    """A priority area of one framework period, or (with a ``parent``) a topic beneath it. A vocabulary, no enum.

    One whose name nobody has confirmed yet has none: ``objects`` leaves it out everywhere until it has.
    """

    framework = models.ForeignKey(
        Mandate, models.PROTECT, related_name="themes", verbose_name=_("framework"), help_text=_("Whose period it is.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("theme above")
    )
    code = models.SlugField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.TextField(_("source"), blank=True)

    objects = NamedManager()

    class Meta:
        ordering = ["framework__period_from", "order", "pk"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name or self.code
