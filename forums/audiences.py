"""Who can be reminded or written to about an event, and the moments a reminder counts from."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.emails import personal_url, registration_recipients
from forums.enums import EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Registration
from portal.core.models import StoredFile
from portal.mail.registry import Anchor, Audience, Lazy, Recipient, register_anchor, register_audience, register_scope

LIVE = (EventStatus.ANNOUNCED, EventStatus.HELD)


def event_of(scope: str) -> Event | None:
    """The event of a scope such as "event:12"; None when there is none."""
    kind, _colon, pk = scope.partition(":")
    return Event.objects.filter(pk=pk).first() if kind == "event" and pk.isdecimal() else None


def _invited(code: str, title: Lazy, *statuses: str) -> Audience:
    """Invitations that were sent and have one of ``statuses``."""

    def rows(scope: str) -> QuerySet[Invitation]:
        sent = Invitation.objects.filter(event=event_of(scope), status__in=statuses, sent_at__isnull=False)
        return sent.select_related("event", "category", "contact__country")

    def members(scope: str) -> Iterator[tuple[Invitation, Recipient]]:
        return ((row, Recipient.from_contact(row.contact)) for row in rows(scope).iterator(chunk_size=500))

    def find(scope: str, key: str) -> tuple[Invitation, Recipient] | None:
        row = rows(scope).filter(contact_id=int(key.partition(":")[2])).first()
        return (row, Recipient.from_contact(row.contact)) if row else None

    return Audience(code, title, members, find, link=personal_url)


def _registered(code: str, title: Lazy, *statuses: str) -> Audience:
    """Registrations with one of ``statuses``: the person, not the assistant."""

    def rows(scope: str) -> QuerySet[Registration]:
        there = Registration.objects.filter(event=event_of(scope), status__in=statuses)
        return there.select_related("event", "category", "country", "contact")

    def members(scope: str) -> Iterator[tuple[Registration, Recipient]]:
        return ((row, registration_recipients(row)[0]) for row in rows(scope).iterator(chunk_size=500))

    def find(scope: str, key: str) -> tuple[Registration, Recipient] | None:
        row = rows(scope).filter(pk=key.partition(":")[2]).first()
        return (row, registration_recipients(row)[0]) if row else None

    return Audience(code, title, members, find, link=personal_url)


AUDIENCES = (
    _invited("not_answered", _("invited, not answered"), InvitationStatus.PENDING),
    _registered("draft_unfinished", _("registration begun, not sent"), RegistrationStatus.DRAFT),
    _registered("pending", _("registration waits for approval"), RegistrationStatus.PENDING),
    _registered("waitlisted", _("on the waiting list"), RegistrationStatus.WAITLISTED),
    _registered("confirmed", _("confirmed"), RegistrationStatus.CONFIRMED),
)
ANCHORS = (
    ("answer_deadline", _("deadline to answer invitations"), "answer_deadline"),
    ("registration_deadline", _("deadline to register"), "registration_deadline"),
    ("start", _("beginning of the event"), "starts_at"),
    ("end", _("end of the event"), "ends_at"),
)


def register_audiences() -> None:
    """Make the events, their audiences and their moments known to mail (called once, when applications are ready)."""
    register_scope(
        "event", title=lambda scope: str(event_of(scope) or scope), is_live=_is_live, files=_papers, desk=_desk
    )
    for audience in AUDIENCES:
        register_audience(audience)
    for code, title, attribute in ANCHORS:
        register_anchor(Anchor(code, title, _moment(attribute)))


def _title(scope: str) -> str:
    return str(event_of(scope) or scope)


def _desk(scope: str) -> str:
    """The page in the administration on which an officer works on the event."""
    pk = scope.partition(":")[2]
    return reverse("admin:forums_event_change", args=[pk]) if pk.isdecimal() else ""


def _papers(scope: str) -> QuerySet[StoredFile]:
    """The files of the event's papers, which may go with a message to many."""
    return StoredFile.objects.filter(paper_files__paper__event=event_of(scope))


def _is_live(scope: str) -> bool:
    event = event_of(scope)
    return event is not None and event.status in LIVE


def _moment(attribute: str) -> Callable[[str], datetime | None]:
    def instant(scope: str) -> datetime | None:
        event = event_of(scope)
        return getattr(event, attribute) if event else None

    return instant
