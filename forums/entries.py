"""What the catalogue holds of events and of what came of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from forums.enums import PUBLIC_EVENTS, PaperAccess
from forums.models import Event, EventPaperFile, Outcome, ReleasedSession
from portal.core.audit import history
from portal.core.models import TextVersion
from portal.directory.models import Country
from portal.library.entries import said_in, said_in_any, texts_of, words_without_title
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
        texts=_with_body(texts, lambda language: [said_in(language, event, "place")]),
        public_from=event_public_from(event),
        day=event.start_day,
        day_precision=event.date_precision,
        is_demo=event.is_demo,
        languages=_languages_of_papers(event),
        themes=event.themes.all(),
        countries=_countries(event),
        words=[
            *said_in_any(event, "short_title"),
            *_names_of_series(event),
            *_words_of_programme(event),
            *words_without_title(event, "theme", "summary", "place", title="title"),
        ],
    )


def describe_outcome(outcome: Outcome) -> Entry:
    """What came of an event: found by its texts and documents, shown with its first photo."""
    event = outcome.event
    begins, now = outcome_public_from(outcome), timezone.now()
    # What appears later than the outcome is no part of it before (follow_clock enters it then).
    public: Any = Document.objects.public(max(begins or now, now))
    documents = list(public.filter(outcomes=outcome).prefetch_related("files"))
    photo = outcome.photos.select_related("file", "thumbnail").first()
    return Entry(
        address=address_of(outcome),
        texts=_outcome_texts(outcome, documents),
        public_from=begins,
        day=event.start_day,
        day_precision=event.date_precision,
        is_result=True,
        is_demo=outcome.is_demo or event.is_demo,
        languages={file.language for document in documents for file in document.files.all()},
        themes=event.themes.all(),
        countries=_countries(event),
        cover=photo.shown if photo else None,
        words=[*said_in_any(event, "short_title"), *_names_of_series(event)],
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
            *(said_in(language, outcome, name) for name in ("summary", "next_steps")),
            *(said_in(language, version, name) for version in versions for name in ("title", "body")),
            *(said_in(language, document, "title") for document in documents),
            *(said_in(language, photo, "caption") for photo in outcome.photos.all()),
        ]
        found[language] = Text(title, said_in(language, outcome, "lead"), _joined(parts))
    return found


def _with_body(texts: Texts, more: Callable[[str], Iterable[str]]) -> Texts:
    return {language: replace(text, body=_joined([text.body, *more(language)])) for language, text in texts.items()}


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _names_of_series(event: Event) -> Iterable[str]:
    for series in event.series.all():
        yield from said_in_any(series, "name")


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
