"""Fields of the directory that exist in English and Chinese."""

from modeltranslation.translator import TranslationOptions, register

from portal.directory.models import Contact, Country, Organisation


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name", "formal_name")
    required_languages = ("en", "zh-hans")


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "address")


@register(Contact)
class ContactTranslation(TranslationOptions):
    fields = ("position", "department")
