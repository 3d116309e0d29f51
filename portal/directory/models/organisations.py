"""Organisations, with names that end and successors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.enums import OrganisationKind
from portal.directory.models.countries import Country
from portal.directory.querysets import OrganisationQuerySet


class Organisation(models.Model):
    """A ministry, centre, institute … Names change: old letters keep the old record, ``predecessor`` ties them."""

    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind, default=OrganisationKind.OTHER)
    name = models.CharField(_("name"), max_length=250)
    name_en: str | None  # these two are added by translation.py
    name_zh_hans: str | None
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    alternative_names = models.JSONField(_("other names"), default=list, blank=True)
    search_key = models.TextField(editable=False, default="", db_index=False)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("country")
    )
    predecessor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="successors", verbose_name=_("predecessor")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    address = models.TextField(_("address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    is_public = models.BooleanField(_("agreed to be shown in public"), default=False)
    slug = models.SlugField(_("page address"), max_length=80, unique=True, null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_en", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name
