"""Fields of forums that exist in English and Chinese."""

from modeltranslation.translator import TranslationOptions, register

from forums.models import Category, Event, EventPaper, EventSeries


@register(EventSeries)
class EventSeriesTranslation(TranslationOptions):
    fields = ("name",)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "short_title", "theme", "summary", "place", "venue")


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name",)


@register(EventPaper)
class EventPaperTranslation(TranslationOptions):
    fields = ("title",)
