"""Vocabularies of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PublishingStatus(models.TextChoices):
    """Life of what is published. A moment of publication in the future is no status of its own: it is a date."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("unpublished")


class MandateKind(models.TextChoices):
    """What sort of text or decision the programme rests on."""

    SUMMIT = "summit", _("summit statement")
    DECLARATION = "declaration", _("declaration")
    VISION = "vision", _("vision")
    STRATEGY = "strategy", _("strategy")
    ACTION_PLAN = "action_plan", _("action plan")
    AGENDA = "agenda", _("global agenda")
    RELATIONS = "relations", _("dialogue relations")
    ASEAN = "asean", _("declaration or plan of ASEAN")


# Texts that the programme itself brought about: they are results as well as mandates.
RESULT_MANDATES = (MandateKind.DECLARATION, MandateKind.STRATEGY, MandateKind.ACTION_PLAN)


class Adoption(models.TextChoices):
    """How far a text has come."""

    ADOPTED = "adopted", _("adopted")
    NOT_YET = "not_yet", _("not yet adopted")
    UNKNOWN = "unknown", _("not known")


class StrandKind(models.TextChoices):
    """What sort of programme strand it is."""

    PROGRAMME = "programme", _("programme")
    PARTNERSHIP = "partnership", _("partnership")
    PLATFORM = "platform", _("platform")
    INITIATIVE = "initiative", _("initiative")
    ACTION = "action", pgettext_lazy("strand", "action")
    ALLIANCE = "alliance", _("alliance")
    NETWORK = "network", _("network")
    MEETINGS = "meetings", _("series of meetings")
    YEAR = "year", _("year of cooperation")


class DocumentKind(models.TextChoices):
    """What sort of document it is."""

    DECLARATION = "declaration", _("Declaration or joint statement")
    SUMMARY = "summary", _("Summary record")
    PROCEEDINGS = "proceedings", _("Proceedings")
    REPORT = "report", _("Report")
    STUDY = "study", _("Study")
    GUIDELINE = "guideline", _("Guideline")
    POLICY = "policy", _("Policy text")
    PRESENTATION = "presentation", _("Presentation")
    OTHER = "other", _("Other document")


class Licence(models.TextChoices):
    """On what terms a thing may be used again."""

    ASK = "", _("ask the office")
    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution-NonCommercial 4.0")
    OFFICIAL = "official", _("official text, free to quote with its source")
    RESERVED = "reserved", _("all rights reserved")


class ReportStatus(models.TextChoices):
    """What became of a reported error."""

    OPEN = "open", _("to be looked at")
    MENDED = "mended", _("mended")
    DECLINED = "declined", _("nothing to mend")
