"""Countries: data under the office's control, never a library's names, never an enum."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.enums import Party


class CountryQuerySet(models.QuerySet["Country"]):
    """Countries in protocol order."""

    def in_order(self, *, china_apart: bool = True) -> "CountryQuerySet":
        """Parties first, by stored number; then every other country by its English name."""
        field = "order_members_then_china" if china_apart else "order_all"
        return self.order_by(models.F(field).asc(nulls_last=True), "name_en")

    def parties(self) -> "CountryQuerySet":
        return self.exclude(party=Party.OTHER)

    def members_on(self, day: date) -> "CountryQuerySet":
        """The ASEAN Member States of that day: ten before 26 October 2025, eleven since."""
        current = Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=day)
        return self.filter(current, party=Party.MEMBER, memberships__valid_from__lte=day).distinct()


class Country(models.Model):
    """A country as the office words it. The order is a stored number; a translated name is never sorted."""

    code = models.CharField(_("ISO 3166-1 code"), max_length=2, unique=True)
    code3 = models.CharField(_("ISO 3166-1 three-letter code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    formal_name = models.CharField(_("formal name"), max_length=200, blank=True)
    name_en: str  # these four are added by translation.py
    name_zh_hans: str
    formal_name_en: str | None
    formal_name_zh_hans: str | None
    party = models.CharField(_("party"), max_length=10, choices=Party, default=Party.OTHER)
    order_all = models.PositiveSmallIntegerField(_("order, China among the members"), null=True, blank=True)
    order_members_then_china = models.PositiveSmallIntegerField(_("order, China apart"), null=True, blank=True)
    time_zones = models.JSONField(_("IANA time zones, main one first"), default=list, blank=True)
    languages = models.JSONField(_("official languages"), default=list, blank=True)
    dial_code = models.CharField(_("dialling code"), max_length=8, blank=True)
    landlocked = models.BooleanField(_("landlocked"), default=False)
    source = models.TextField(_("source"), blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    @property
    def time_zone(self) -> str:
        """The main IANA zone; empty when none is stored."""
        return self.time_zones[0] if self.time_zones else ""


class Membership(models.Model):
    """When a country was an ASEAN Member State. Lists and statistics of an event go by its date."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="memberships")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["country", "valid_from"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.country} {self.valid_from}"
