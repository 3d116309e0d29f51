"""The tables of forums."""

from forums.models.categories import Category, SeatPool
from forums.models.events import Event, EventEdition, EventOrganiser, EventSeries
from forums.models.invitations import Invitation
from forums.models.papers import EventPaper, EventPaperFile
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
    "Registration",
    "SeatPool",
]
