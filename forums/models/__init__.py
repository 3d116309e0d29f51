"""The tables of forums."""

from forums.models.categories import Category, SeatPool
from forums.models.events import Event, EventEdition, EventOrganiser, EventSeries
from forums.models.invitations import Invitation
from forums.models.outcomes import Outcome, OutcomeDocument, OutcomePhoto, OutcomeText
from forums.models.papers import EventPaper, EventPaperFile
from forums.models.programme import ProgrammeRelease, ReleasedSession, Room, Session, SessionSpeaker
from forums.models.registrations import Registration

__all__ = [
    "Category",
    "Event",
    "EventEdition",
    "EventOrganiser",
    "EventPaper",
    "EventPaperFile",
    "EventSeries",
    "Invitation",
    "Outcome",
    "OutcomeDocument",
    "OutcomePhoto",
    "OutcomeText",
    "ProgrammeRelease",
    "Registration",
    "ReleasedSession",
    "Room",
    "SeatPool",
    "Session",
    "SessionSpeaker",
]
