"""Fields of the ground floor that exist in English and Chinese."""

from modeltranslation.translator import TranslationOptions, register

from portal.core.models import TextVersion


@register(TextVersion)
class TextVersionTranslation(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("en", "zh-hans")
