"""What everybody may see of a session, as the rows of a release keep it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

from forums.enums import PaperAccess
from forums.models import Event, EventPaper, Session, SessionSpeaker

Texts = dict[str, str]
SPEAKER_TEXTS = ("name", "position", "organisation", "topic")


def sessions_of(event: Event) -> list[Session]:
    """The sessions in the order of the programme, with all that ``content_of`` reads. Four queries at most."""
    public = EventPaper.objects.filter(access=PaperAccess.PUBLIC, files__isnull=False).distinct()
    papers = Prefetch("papers", public.prefetch_related("files"), to_attr="public_papers")
    sessions = Session.objects.filter(event=event).select_related("room")
    return list(sessions.prefetch_related("speakers", papers))


def content_of(session: Session, event: Event) -> dict[str, Any]:
    """The JSON of a released session; ``ReleasedSession`` says what is in it. Contacts are not."""
    papers: list[EventPaper] = session.public_papers  # type: ignore[attr-defined]  # from sessions_of
    return {
        "day": session.day.isoformat(),
        "starts": f"{session.start_time:%H:%M}",
        "ends": f"{session.end_time:%H:%M}",
        "title": texts_of(session, "title"),
        "summary": texts_of(session, "summary"),
        "room": texts_of(session.room, "name") if session.room else {},
        "languages": list(session.languages),
        "interpretation": list(session.interpretation),
        "speakers": [_speaker(speaker) for speaker in session.speakers.all()],
        "papers": [_paper(paper, event) for paper in papers],
    }


def texts_of(obj: models.Model, name: str) -> Texts:
    """The translated field ``name`` in the languages in which it is filled in."""
    found = {code: getattr(obj, build_localized_fieldname(name, code)) for code, _name in settings.LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _speaker(speaker: SessionSpeaker) -> dict[str, Any]:
    return {"role": speaker.role, **{name: texts_of(speaker, name) for name in SPEAKER_TEXTS}}


def _paper(paper: EventPaper, event: Event) -> dict[str, Any]:
    files = [file.language for file in paper.files.all()]
    return {
        "id": paper.pk,
        "kind": paper.kind,
        "title": texts_of(paper, "title"),
        "addresses": {language: _address(event, paper, language) for language in files},
    }


def _address(event: Event, paper: EventPaper, language: str) -> str:
    with translation.override("en"):
        return reverse("forums:paper", args=[event.slug, paper.pk, language]).removeprefix("/en/")
