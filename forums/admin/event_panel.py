"""The panel above an event: where everything about it is, and what can be done with it now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from forums.enums import EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Event, Invitation, Registration, Session
from forums.workflow import EVENT

STEP_TITLES = {
    "announce": gettext_lazy("Announce"),
    "hold": gettext_lazy("Mark as held"),
    "record_held": gettext_lazy("Record as held before"),
    "publish_results": gettext_lazy("Publish results"),
    "withdraw_results": gettext_lazy("Take “results published” back"),
    "archive": gettext_lazy("Archive"),
    "postpone": gettext_lazy("Postpone"),
    "cancel": gettext_lazy("Cancel the event"),
}
# What an event that is not announced waits for stands out; what people are told of, warns.
STEP_TONES = {"announce": "primary", "postpone": "caution", "cancel": "caution"}


@dataclass(frozen=True)
class Link:
    """One button of the panel."""

    label: Any
    url: str
    tone: str = ""


def panel(event: Event, user: Any) -> list[tuple[str, list[Link]]]:
    """Rows of (heading, links), only what ``user`` may open."""
    rows = [
        (_("People"), _people(event, user)),
        (_("Mail"), _mail(event, user)),
        (pgettext("of an event", "Programme"), _programme(event, user)),
        (_("Event"), _event(event, user)),
    ]
    return [(heading, links) for heading, links in rows if links]


def list_url(model: str, event: Event, **filters: str) -> str:
    """The filtered list of invitations or registrations of an event."""
    query = "&".join(f"{name}={value}" for name, value in {"event": event.pk, **filters}.items() if value)
    return f"{reverse(f'admin:forums_{model}_changelist')}?{query}"


def _people(event: Event, user: Any) -> list[Link]:
    links = []
    if user.has_perm("forums.add_invitation"):
        tone = "primary" if event.status == EventStatus.ANNOUNCED else ""
        links.append(Link(_("Invite people"), reverse("admin:forums_event_invite", args=[event.pk]), tone))
    if user.has_perm("forums.view_invitation"):
        count = Invitation.objects.filter(event=event).aggregate(
            all=Count("pk"), pending=Count("pk", filter=Q(status=InvitationStatus.PENDING))
        )
        label = _("Invitations: %(all)d, not answered: %(pending)d") % count
        links.append(Link(label, list_url("invitation", event)))
    if user.has_perm("forums.view_registration"):
        count = Registration.objects.filter(event=event).aggregate(
            all=Count("pk"), pending=Count("pk", filter=Q(status=RegistrationStatus.PENDING))
        )
        label = _("Registrations: %(all)d, to approve: %(pending)d") % count
        links.append(Link(label, list_url("registration", event)))
        links.append(Link(_("Board by country"), reverse("admin:forums_event_board", args=[event.pk])))
    if user.has_perm("forums.add_registration"):
        url = f"{reverse('admin:forums_registration_add')}?event={event.pk}"
        links.append(Link(_("Register somebody"), url))
    if user.has_perm("forums.view_participants"):
        links.append(Link(_("Participants"), reverse("admin:forums_event_participants", args=[event.pk])))
    return links


def _mail(event: Event, user: Any) -> list[Link]:
    scoped = f"?scope={event.scope}"
    wording = reverse("admin:mail_messagetemplate_scope", args=[event.scope])
    pages = (
        ("mail.view_outboxmessage", _("Outbox"), reverse("admin:mail_outboxmessage_changelist") + scoped),
        ("mail.view_messagetemplate", _("Message texts"), wording),
        ("mail.view_reminderrule", _("Reminders"), reverse("admin:forums_event_reminders", args=[event.pk])),
        ("mail.add_adhocmessage", _("Write to many"), reverse("admin:mail_adhocmessage_add") + scoped),
    )
    return [Link(label, url) for permission, label, url in pages if user.has_perm(permission)]


def _programme(event: Event, user: Any) -> list[Link]:
    if not user.has_perm("forums.view_session"):
        return []
    count = Session.objects.filter(event=event).count()
    links = [
        Link(_("Sessions: %(count)d") % {"count": count}, reverse("admin:forums_event_programme", args=[event.pk]))
    ]
    if user.has_perm("forums.add_session"):
        links.append(
            Link(_("Import from a spreadsheet"), reverse("admin:forums_event_programme_import", args=[event.pk]))
        )
    if user.has_perm("forums.change_event") and count:
        links.append(Link(_("Release the programme"), reverse("admin:forums_event_programme_release", args=[event.pk])))
    return links


def _event(event: Event, user: Any) -> list[Link]:
    links = [Link(_("Public link and QR code"), reverse("admin:forums_event_link", args=[event.pk]))]
    if user.has_perm("forums.view_outcome"):
        outcomes = pgettext("of an event", "Outcomes")
        links.append(Link(outcomes, reverse("admin:forums_event_outcome", args=[event.pk]), _outcome_tone(event)))
    if not user.has_perm("forums.change_event"):
        return links
    for step in EVENT.available(event.status):
        tone = STEP_TONES.get(step.name, "")
        links.append(Link(STEP_TITLES[step.name], reverse("admin:forums_event_step", args=[event.pk, step.name]), tone))
    links.append(Link(_("Move the dates"), reverse("admin:forums_event_move", args=[event.pk])))
    links.append(Link(_("Copy the event"), reverse("admin:forums_event_copy", args=[event.pk])))
    return links


def _outcome_tone(event: Event) -> str:
    """What is held waits for its outcomes."""
    return "primary" if event.status == EventStatus.HELD else ""
