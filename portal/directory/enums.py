"""Vocabularies of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.TextChoices):
    """What a country is to the programme."""

    MEMBER = "member", _("ASEAN Member State")
    CHINA = "china", _("China")
    OTHER = "other", _("other country")


class OrganisationKind(models.TextChoices):
    """Kinds of organisations, in the order in which a list of participants names them."""

    MINISTRY = "ministry", _("ministry or government agency")
    LOCAL_GOVERNMENT = "local", _("city or local government")
    ASEAN_BODY = "asean", _("ASEAN body or centre")
    INTERNATIONAL = "international", _("international organisation")
    RESEARCH = "research", _("research institute or university")
    ENTERPRISE = "enterprise", _("enterprise")
    CIVIL_SOCIETY = "civil", _("community or civil society")
    MEDIA = "media", _("media")
    OFFICE = "office", _("organising office")
    OTHER = "other", _("other")
