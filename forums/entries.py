"""What the catalogue holds of events and of what came of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from forums.enums import PUBLIC_EVENTS, PaperAccess
from forums.models import Event, EventPaperFile, Outcome, ReleasedSession
from portal.core.audit import history
from portal.core.models import TextVersion
from portal.directory.models import Country
from portal.library.entries import texts_of
from portal.library.enums import PublishingStatus
from portal.library.kinds import Entry, Kind, Text, address_of, register_kind, tell_also
from portal.library.models import Document
from portal.library.services.publishing import public_from

# The steps that make an event public.
OPENINGS = ("announce", "record_held")

Texts = Mapping[str, Text]


def describe_event(event: Event) -> Entry:
    """An event, found by its theme, its place and the series it belongs to as well."""
    texts = texts_of(event, title="title", summary="theme", body="summary")
    return Entry(
        address=address_of(event),
        texts=_with_body(texts, lambda language: [_localized(event, "place", language)]),
        public_from=event_public_from(event),
        day=event.start_day,
        day_precision=event.date_precision,
        is_demo=event.is_demo,
        languages=_languages_of_papers(event),
        themes=event.themes.all(),
        countries=_countries(event),
        words=[
            *_short_titles(event),
            *_names_of_series(event),
            *_words_of_programme(event),
        ],
    )


def describe_outcome(outcome: Outcome) -> Entry:
    """What came of an event: found by its texts and documents, shown with its first photo."""
    event = outcome.event
    documents = list(outcome.documents.filter(status=PublishingStatus.PUBLISHED).prefetch_related("files"))
    photo = outcome.photos.select_related("file", "thumbnail").first()
    return Entry(
        address=address_of(outcome),
        texts=_outcome_texts(outcome, documents),
        public_from=outcome_public_from(outcome),
        day=event.start_day,
        day_precision=event.date_precision,
        is_result=True,
        is_demo=outcome.is_demo or event.is_demo,
        languages={file.language for document in documents for file in document.files.all()},
        themes=event.themes.all(),
        countries=_countries(event),
        cover=photo.shown if photo else None,
        words=[*_short_titles(event), *_names_of_series(event)],
    )


def event_public_from(event: Event) -> datetime | None:
    """Since when everybody can see the event: it was announced, or entered as one that was held; None for drafts."""
    if event.status not in PUBLIC_EVENTS:
        return None
    opened = history(event).filter(action__in=OPENINGS).order_by("at").first()
    return opened.at if opened else event.created_at


def outcome_public_from(outcome: Outcome) -> datetime | None:
    """From when everybody can see the outcome; None while it, or its event, is not public."""
    return public_from(outcome) if outcome.event.status in PUBLIC_EVENTS else None


def _outcome_texts(outcome: Outcome, documents: Iterable[Document]) -> Texts:
    """The title is that of the event with a word before it, so that the two can be told apart in a list."""
    versions = list(TextVersion.objects.filter(code__in=outcome.texts.values("code"), released_at__isnull=False))
    found = {}
    for language, text in texts_of(outcome.event, title="title").items():
        with translation.override(language):
            title = _("Outcomes: %(event)s") % {"event": text.title}
        parts = [
            *(_localized(outcome, name, language) for name in ("summary", "next_steps")),
            *(_localized(version, name, language) for version in versions for name in ("title", "body")),
            *(_localized(document, "title", language) for document in documents),
            *(_localized(photo, "caption", language) for photo in outcome.photos.all()),
        ]
        found[language] = Text(title, _localized(outcome, "lead", language), _joined(parts))
    return found


def _with_body(texts: Texts, more: Callable[[str], Iterable[str]]) -> Texts:
    return {language: replace(text, body=_joined([text.body, *more(language)])) for language, text in texts.items()}


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _localized(obj: object, name: str, language: str) -> str:
    return getattr(obj, f"{name}_{language.replace('-', '_')}") or ""


def _short_titles(event: Event) -> list[str]:
    return _in_all_languages(event, "short_title")


def _names_of_series(event: Event) -> Iterable[str]:
    for series in event.series.all():
        yield from _in_all_languages(series, "name")


def _in_all_languages(obj: object, name: str) -> list[str]:
    return [text for code, _name in settings.LANGUAGES if (text := _localized(obj, name, code))]


def _words_of_programme(event: Event) -> Iterable[str]:
    """What is released of the programme: an event is found by its sessions and by who speaks in them."""
    for session in ReleasedSession.objects.current().filter(release__event=event):
        yield from session.words()


def _languages_of_papers(event: Event) -> set[str]:
    files = EventPaperFile.objects.filter(paper__event=event, paper__access=PaperAccess.PUBLIC)
    return set(files.values_list("language", flat=True))


def _countries(event: Event) -> list[Country]:
    return [event.country] if event.country else []


def register_kinds() -> None:
    """Make events and outcomes known to the catalogue (called once, when the applications are ready)."""
    outcome, outcomes = pgettext_lazy("of an event", "Outcome"), pgettext_lazy("of an event", "Outcomes")
    register_kind(Kind("event", gettext_lazy("Event"), gettext_lazy("Events"), Event, describe_event))
    register_kind(Kind("outcome", outcome, outcomes, Outcome, describe_outcome))
    tell_also("document", _outcomes_of)


def _outcomes_of(document: Document) -> Iterable[Outcome]:
    """The outcomes that show the document: they are found by its titles and languages while it is public."""
    return Outcome.objects.filter(documents=document).select_related("event__country")
