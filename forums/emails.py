"""What forums writes to people: one function a message. What a message says is in ``forums.messages``."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from forums.enums import RegisteredBy
from forums.models import Invitation, Registration
from portal.mail.enums import Priority
from portal.mail.models import OutboxMessage
from portal.mail.registry import Recipient
from portal.mail.services.outbox import write_message

ASSISTANT = ":assistant"


def registration_recipients(registration: Registration) -> list[Recipient]:
    """The registered person and, when one filled it in, the assistant."""
    zone = registration.time_zone or (registration.country.time_zone if registration.country else "")
    person = Recipient(
        key=f"registration:{registration.pk}",
        name=registration.full_name,
        email=registration.email,
        language=registration.language,
        time_zone=zone or settings.OFFICE_TIME_ZONE,
        contact=registration.contact,
    )
    helped = registration.registered_by == RegisteredBy.ASSISTANT and registration.assistant_email
    if not helped or registration.assistant_email == registration.email:
        return [person]
    assistant = Recipient(
        key=person.key + ASSISTANT,
        name=registration.assistant_name or registration.full_name,
        email=registration.assistant_email,
        language=person.language,
        time_zone=person.time_zone,
    )
    return [person, assistant]


def personal_url(thing: Invitation | Registration) -> str:
    """The full address of a personal link, in the active language."""
    return settings.BASE_URL + reverse(f"forums:{thing.LINK}", args=[thing.token])


def send_invitation_mail(
    invitation: Invitation,
    *,
    by: Any,
    at: datetime,
    again: bool = False,
    keep_window: bool = False,
    many: bool = False,
) -> OutboxMessage | None:
    """The invitation with its link. Written once; ``again`` writes it anew, at most once a minute.

    ``many``: it is one of many and gives way to what a single person waits for.
    """
    first = Priority.BULK if many else Priority.NORMAL
    key = f"invitation:{invitation.public_id}:{invitation.link_version}"
    return write_message(
        "forums.invitation",
        invitation,
        Recipient.from_contact(invitation.contact),
        dedupe_key=f"{key}:{at:%Y%m%d%H%M}" if again else key,
        scope=invitation.event.scope,
        by=by,
        priority=Priority.ANSWER if again else first,
        keep_window=keep_window,
        at=at,
    )


def tell_invitee(kind: str, invitation: Invitation, *, by: Any, at: datetime) -> None:
    """Any other message about an invitation: it was withdrawn, the event is postponed …"""
    write_message(
        f"forums.{kind}",
        invitation,
        Recipient.from_contact(invitation.contact),
        dedupe_key=f"{kind}:invitation:{invitation.public_id}:{at.isoformat()}",
        scope=invitation.event.scope,
        by=by,
        at=at,
    )


def tell_registrant(
    kind: str, registration: Registration, *, by: Any, at: datetime, calendar: str = "", reason: str = ""
) -> None:
    """A message about a registration, to the person and the assistant.

    ``calendar`` is "request" or "cancel" when an ``.ics`` goes with it; each raises the calendar's sequence.
    """
    params: dict[str, str | int] = {"reason": reason}
    if calendar:
        registration.calendar_sequence += 1
        registration.save(update_fields=["calendar_sequence"])
        params |= {"calendar": calendar, "sequence": registration.calendar_sequence}
    for to in registration_recipients(registration):
        write_message(
            f"forums.{kind}",
            registration,
            to,
            dedupe_key=f"{kind}:{to.key}:{at.isoformat()}",
            scope=registration.event.scope,
            by=by,
            priority=Priority.ANSWER,
            params=params,
            at=at,
        )
