"""The strands of the programme, what they did, and the story around them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.enums import DatePrecision
from portal.library.enums import StrandKind
from portal.library.languages import LANGUAGES
from portal.library.models.framework import Mandate
from portal.library.models.publishing import Publishable


class ProgrammeStrand(Publishable):
    """A partnership, platform, initiative … of the programme. Each keeps its own official name."""

    slug = models.SlugField(_("page address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=StrandKind, default=StrandKind.INITIATIVE)
    name = models.CharField(_("official name"), max_length=300)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    summary = models.TextField(_("in short"), blank=True)
    standing = models.CharField(_("how it stands"), max_length=300, blank=True)
    day = models.DateField(_("launched or proposed"), null=True, blank=True)
    day_precision = models.CharField(
        _("known of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    is_proposal = models.BooleanField(_("the date is that of the proposal"), default=False)
    website = models.URLField(_("website"), blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors", verbose_name=_("predecessors")
    )
    mandates = models.ManyToManyField(Mandate, blank=True, related_name="strands", verbose_name=_("mandates"))
    themes = models.ManyToManyField("library.Theme", blank=True, related_name="strands", verbose_name=_("themes"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "day", "slug"]
        verbose_name = _("programme strand")
        verbose_name_plural = _("programme strands")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:strand", args=[self.slug])


class StrandName(models.Model):
    """Another name under which a strand is found in print."""

    strand = models.ForeignKey(ProgrammeStrand, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=300)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="en")
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("name variant")
        verbose_name_plural = _("name variants")

    def __str__(self) -> str:
        return self.name


class StrandActivity(models.Model):
    """Something a strand did."""

    strand = models.ForeignKey(ProgrammeStrand, models.CASCADE, related_name="activities")
    title = models.CharField(_("what"), max_length=300)
    place = models.CharField(_("place"), max_length=200, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    day_precision = models.CharField(
        _("known of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return self.title


class Milestone(Publishable):
    """A date of the programme's story that no other record tells."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    title = models.CharField(_("what happened"), max_length=300)
    day = models.DateField(_("date"))
    day_precision = models.CharField(
        _("known of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.title


class StatedFigure(Publishable):
    """A figure as a source states it. Never mixed with what the portal counts itself."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    what = models.CharField(_("what is counted"), max_length=200)
    strand = models.ForeignKey(
        ProgrammeStrand, models.SET_NULL, null=True, blank=True, related_name="figures", verbose_name=_("strand")
    )
    qualifier = models.CharField(_("qualifier"), max_length=60, blank=True, help_text=_("For example “more than”."))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    as_of = models.CharField(_("as of"), max_length=20, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")

    def __str__(self) -> str:
        return self.what
