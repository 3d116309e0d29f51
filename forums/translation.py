"""Fields of forums that exist in English and Chinese."""

from modeltranslation.translator import TranslationOptions, register

from forums.models import (
    Category,
    Event,
    EventPaper,
    EventSeries,
    Outcome,
    OutcomePhoto,
    Room,
    Session,
    SessionSpeaker,
)


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


@register(Room)
class RoomTranslation(TranslationOptions):
    fields = ("name",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(SessionSpeaker)
class SessionSpeakerTranslation(TranslationOptions):
    fields = ("name", "position", "organisation", "topic")


@register(Outcome)
class OutcomeTranslation(TranslationOptions):
    fields = ("lead", "summary", "next_steps")


@register(OutcomePhoto)
class OutcomePhotoTranslation(TranslationOptions):
    fields = ("alt", "caption")
