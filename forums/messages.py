"""The kinds of messages of forums: what each may say. The wording is in ``data/messages.json`` and the admin."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from forums.calendars import make_calendar
from forums.emails import personal_url
from forums.enums import EventMode, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Registration
from portal.core.office import office_name
from portal.core.times import format_days, format_instant
from portal.directory.models import Contact
from portal.mail.models import OutboxMessage
from portal.mail.registry import Attachment, MessageKind, register_kind

Words = Callable[[Any, OutboxMessage], dict[str, str]]
TEXTS = Path(__file__).parent / "data" / "messages.json"
EVENT_WORDS = {
    "name": _("the recipient’s form of address or name"),
    "event": _("title of the event"),
    "dates": _("days of the event"),
    "place": _("place of the event"),
    "deadline": _("the deadline that counts, with its zone"),
    "link": _("the personal link"),
    "office": _("name of the organising office"),
    "mailbox": _("the event’s role mailbox"),
    "category": _("in what quality the person takes part"),
}
REASON = {"reason": _("the reason an officer wrote")}


def invitation_words(invitation: Invitation, message: OutboxMessage) -> dict[str, str]:
    """Values of the placeholders of a message about an invitation, in the active language."""
    chinese = get_language() == "zh-hans"
    contact = invitation.contact
    salutation = contact.salutation_zh if chinese else contact.salutation_en
    return {
        **_event_words(invitation.event, invitation.event.answers_by()),
        "name": salutation or str(contact),
        "link": personal_url(invitation),
        "category": str(invitation.category),
        "reason": message.params.get("reason", ""),
    }


def registration_words(registration: Registration, message: OutboxMessage) -> dict[str, str]:
    """Values of the placeholders of a message about a registration, in the active language."""
    return {
        **_event_words(registration.event, registration.event.registration_closes_at()),
        "name": message.to_name or str(registration),
        "link": personal_url(registration),
        "category": str(registration.category),
        "reason": message.params.get("reason", ""),
        "participant": str(registration),
    }


def calendar_attachment(registration: Registration, message: OutboxMessage) -> list[Attachment]:
    """The ``.ics`` file that the message announces, if any."""
    wish = message.params.get("calendar")
    if not wish:
        return []
    cancelled = wish == "cancel"
    content = make_calendar(registration, sequence=message.params["sequence"], cancelled=cancelled)
    method = "CANCEL" if cancelled else "REQUEST"
    name = f"{registration.event.slug}.ics"
    return [Attachment(name, f"text/calendar; method={method}; charset=utf-8", content)] if content else []


def register_kinds() -> None:
    """Make the messages of forums known to mail (called once, when the applications are ready)."""
    for code, title, words, required, context in KINDS:
        register_kind(
            MessageKind(
                code=f"forums.{code}",
                title=title,
                placeholders=EVENT_WORDS | words,
                required=frozenset(required),
                context=context,
                attachments=calendar_attachment if context is registration_words else None,
                sample=_sample_invitation if context is invitation_words else _sample_registration,
                about=partial(_about, Invitation if context is invitation_words else Registration),
                reply_to=_mailbox,
                wanted=partial(_still, WANTED[code]) if code in WANTED else None,
            ),
            TEXTS,
        )


# A reminder that waited in the outbox is dropped when it no longer applies.
WANTED = {
    "reminder_answer": InvitationStatus.PENDING,
    "reminder_draft": RegistrationStatus.DRAFT,
    "reminder_event": RegistrationStatus.CONFIRMED,
}
PARTICIPANT = {"participant": _("name of the registered person")}
LINK = ("link",)
KINDS: tuple[tuple[str, Promise, dict[str, Any], tuple[str, ...], Words], ...] = (
    ("invitation", _("Invitation"), {}, LINK, invitation_words),
    ("withdrawn", _("Invitation withdrawn"), REASON, (), invitation_words),
    ("reminder_answer", _("Reminder: please answer the invitation"), {}, LINK, invitation_words),
    ("registration_link", _("Link to one’s registration"), PARTICIPANT, LINK, registration_words),
    ("reminder_draft", _("Reminder: registration not finished"), PARTICIPANT, LINK, registration_words),
    ("received", _("Registration received, waits for approval"), PARTICIPANT, LINK, registration_words),
    ("confirmed", _("Registration confirmed"), PARTICIPANT, LINK, registration_words),
    ("waitlisted", _("On the waiting list"), PARTICIPANT, LINK, registration_words),
    ("rejected", _("Registration not accepted"), PARTICIPANT | REASON, (), registration_words),
    ("cancelled", _("Registration cancelled"), PARTICIPANT | REASON, LINK, registration_words),
    ("reminder_event", _("Reminder: the event is near"), PARTICIPANT, LINK, registration_words),
    ("event_changed", _("Dates or place have changed"), PARTICIPANT, LINK, registration_words),
    ("event_postponed", _("Event postponed"), PARTICIPANT, (), registration_words),
    ("event_cancelled", _("Event cancelled"), PARTICIPANT, (), registration_words),
    ("invitees_changed", _("Dates or place have changed (to invitees)"), {}, LINK, invitation_words),
    ("invitees_postponed", _("Event postponed (to invitees)"), {}, (), invitation_words),
    ("invitees_cancelled", _("Event cancelled (to invitees)"), {}, (), invitation_words),
)


def _event_words(event: Event, deadline: datetime | None) -> dict[str, str]:
    return {
        "event": event.title,
        "dates": format_days(event.start_day, event.end_day, event.date_precision) or gettext("to be announced"),
        "place": _place(event),
        "deadline": format_instant(deadline, event.time_zone) if deadline else "",
        "office": office_name(),
        "mailbox": event.mailbox,
    }


def _place(event: Event) -> str:
    if event.mode == EventMode.ONLINE:
        return gettext("online")
    parts = [part for part in (event.venue, event.place, event.country and event.country.name) if part]
    return ("，" if get_language() == "zh-hans" else ", ").join(parts) or gettext("to be announced")


def _still(status: str, thing: Invitation | Registration, _message: OutboxMessage) -> bool:
    return thing.status == status


def _mailbox(thing: Invitation | Registration) -> str:
    return thing.event.mailbox


def _sample_invitation(scope: str) -> Invitation | None:
    return Invitation.objects.filter(event_id=_event_pk(scope)).select_related("event", "contact", "category").first()


def _sample_registration(scope: str) -> Registration | None:
    return Registration.objects.filter(event_id=_event_pk(scope)).select_related("event", "category").first()


def _about(
    model: type[Invitation] | type[Registration], scope: str, contact: Contact
) -> Invitation | Registration | None:
    """The contact's own invitation or registration, for previews: that of the event, else the latest."""
    found = model._default_manager.filter(contact=contact).select_related("event", "category")
    return (found.filter(event_id=_event_pk(scope)) if scope else found).order_by("-pk").first()


def _event_pk(scope: str) -> str:
    return scope.removeprefix("event:") or "0"
