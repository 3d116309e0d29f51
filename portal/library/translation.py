"""Fields of the library that exist in English and Chinese."""

from modeltranslation.translator import TranslationOptions, register

from portal.library.models import Document, Mandate, Milestone, ProgrammeStrand, StatedFigure, StrandActivity, Theme


@register(Mandate)
class MandateTranslation(TranslationOptions):
    fields = ("name", "short_name", "body", "summary")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)


@register(ProgrammeStrand)
class ProgrammeStrandTranslation(TranslationOptions):
    fields = ("name", "summary", "standing")


@register(StrandActivity)
class StrandActivityTranslation(TranslationOptions):
    fields = ("title", "place")


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title",)


@register(StatedFigure)
class StatedFigureTranslation(TranslationOptions):
    fields = ("what", "qualifier", "unit")


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title", "summary")
