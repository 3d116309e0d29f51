"""Who can be invited now, and why somebody cannot."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from forums.enums import EventStatus
from forums.models import Event, Invitation, Registration
from portal.directory.models import Contact

KEYS_AT_ONCE = 5_000


def why_not_invite(event: Event, contact: Contact, *, at: datetime | None = None) -> str:
    """The reason why this contact cannot be invited now, for the officer; empty when nothing stands in the way."""
    return why_not_invite_many(event, [contact], at=at)[contact.pk]


def why_not_invite_many(event: Event, contacts: Collection[Contact], *, at: datetime | None = None) -> dict[int, str]:
    """The same for many by two queries: the contact's key to its reason."""
    pks = [contact.pk for contact in contacts]
    invited = _who(Invitation.objects.active(), event, pks)
    registered = _who(Registration.objects.active(), event, pks)
    of_event = _why_not_now(event, at)
    return {
        contact.pk: of_event
        or (_("This contact is no longer active.") if not contact.is_active else "")
        or (_("Already invited.") if contact.pk in invited else "")
        or (_("Already registered.") if contact.pk in registered else "")
        for contact in contacts
    }


def _why_not_now(event: Event, at: datetime | None) -> str:
    """What stands in the way of inviting anybody."""
    obstacles = (
        (event.status != EventStatus.ANNOUNCED, _("The event is not announced: announce it first.")),
        (event.answers_by() is None, _("The event has neither a day nor a deadline: enter one first.")),
        (event.is_over(at), _("The event is over.")),
    )
    return next((reason for stands, reason in obstacles if stands), "")


def _who(rows: QuerySet[Any], event: Event, pks: list[int]) -> set[int]:
    """Which of these contacts have such a row for the event. Many keys go in portions: databases limit parameters."""
    found: set[int] = set()
    for start in range(0, len(pks), KEYS_AT_ONCE):
        some = rows.filter(event=event, contact__in=pks[start : start + KEYS_AT_ONCE])
        found.update(some.values_list("contact_id", flat=True))
    return found
