"""Who can be reminded or written to about an event, and the moments a reminder counts from."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.emails import invitation_recipient, personal_url, registration_recipients
from forums.enums import EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Registration
from portal.mail.registry import Anchor, Audience, Recipient, register_anchor, register_audience, register_scope

Members = Iterable[tuple[Any, Recipient]]
LIVE = (EventStatus.ANNOUNCED, EventStatus.HELD)


def event_of(scope: str) -> Event | None:
    """The event of a scope such as "event:12"; None when there is none."""
    kind, _colon, pk = scope.partition(":")
    return Event.objects.filter(pk=pk).first() if kind == "event" and pk.isdecimal() else None


def invited(*statuses: str) -> Any:
    """Members: invitations that were sent and have one of ``statuses``."""

    def members(scope: str) -> Iterator[tuple[Invitation, Recipient]]:
        rows = Invitation.objects.filter(event=event_of(scope), status__in=statuses, sent_at__isnull=False)
        for invitation in rows.select_related("event", "category", "contact__country").iterator(chunk_size=500):
            yield invitation, invitation_recipient(invitation)

    return members


def registered(*statuses: str) -> Any:
    """Members: registrations with one of ``statuses`` (the person, not the assistant)."""

    def members(scope: str) -> Iterator[tuple[Registration, Recipient]]:
        rows = Registration.objects.filter(event=event_of(scope), status__in=statuses)
        for registration in rows.select_related("event", "category", "country", "contact").iterator(chunk_size=500):
            yield registration, registration_recipients(registration)[0]

    return members


def find_member(scope: str, key: str) -> tuple[Any, Recipient] | None:
    """The invitation or registration behind a recipient's key, within the event."""
    kind, _colon, pk = key.partition(":")
    if kind == "contact":
        found = Invitation.objects.active().filter(event=event_of(scope), contact=pk).select_related("contact").first()
        return (found, invitation_recipient(found)) if found else None
    mine = Registration.objects.filter(event=event_of(scope), pk=pk).select_related("country", "contact").first()
    return (mine, registration_recipients(mine)[0]) if mine else None


AUDIENCES = (
    ("not_answered", _("invited, not answered"), invited(InvitationStatus.PENDING)),
    ("draft_unfinished", _("registration begun, not sent"), registered(RegistrationStatus.DRAFT)),
    ("pending", _("registration waits for approval"), registered(RegistrationStatus.PENDING)),
    ("waitlisted", _("on the waiting list"), registered(RegistrationStatus.WAITLISTED)),
    ("confirmed", _("confirmed"), registered(RegistrationStatus.CONFIRMED)),
)
ANCHORS = (
    ("answer_deadline", _("deadline to answer invitations"), "answer_deadline"),
    ("registration_deadline", _("deadline to register"), "registration_deadline"),
    ("start", _("beginning of the event"), "starts_at"),
    ("end", _("end of the event"), "ends_at"),
)


def register_audiences() -> None:
    """Make the events, their audiences and their moments known to mail (called once, when applications are ready)."""
    register_scope("event", title=lambda scope: str(event_of(scope) or scope), is_live=_is_live)
    for code, title, members in AUDIENCES:
        register_audience(Audience(code, title, members, find=find_member, link=personal_url))
    for code, title, attribute in ANCHORS:
        register_anchor(Anchor(code, title, _moment(attribute)))


def _is_live(scope: str) -> bool:
    event = event_of(scope)
    return event is not None and event.status in LIVE


def _moment(attribute: str) -> Any:
    def instant(scope: str) -> datetime | None:
        event = event_of(scope)
        return getattr(event, attribute) if event else None

    return instant
