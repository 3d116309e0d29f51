"""Inviting people, and their answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from forums.emails import send_invitation_mail, tell_invitee
from forums.enums import ACTIVE_REGISTRATIONS, AnswerChannel, EventStatus, InvitationStatus, RegistrationStatus
from forums.models import Category, Event, Invitation, Registration
from forums.services import registrations
from forums.services.errors import InviteRefused, Refused, RegistrationClosed
from forums.services.invitable import why_not_invite
from forums.services.seats import lock_pools
from forums.workflow import INVITATION
from portal.core.audit import log
from portal.core.jobs import create_job, job_kind
from portal.core.models import Job, JobRow
from portal.core.models.jobs import RowState
from portal.core.workflow import Conflict
from portal.directory.models import Contact
from portal.mail.services.handling import cancel_for

INVITEE = "invitee"


@transaction.atomic
def invite(
    event: Event,
    contact: Contact,
    category: Category,
    *,
    by: Any,
    send: bool = True,
    is_locked: bool = False,
    keep_window: bool = False,
    many: bool = False,
    at: datetime | None = None,
) -> Invitation:
    """Invite one contact. In order: refused with the reason (``InviteRefused``), row, history, mail when ``send``.

    ``many``: it is one of many whose mail may wait for the sweep.
    """
    at = at or timezone.now()
    reason = why_not_invite(event, contact, at=at)
    if reason:
        raise InviteRefused(reason)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                event=event, contact=contact, category=category, is_locked=is_locked, invited_by=by
            )
    except IntegrityError as error:  # somebody else invited the same person a moment ago
        raise InviteRefused(_("Already invited.")) from error
    log(invitation, "invite", by=by, at=at)
    if send:
        send_invitation(invitation, by=by, at=at, keep_window=keep_window, many=many)
    return invitation


@transaction.atomic
def send_invitation(
    invitation: Invitation, *, by: Any, at: datetime | None = None, keep_window: bool = False, many: bool = False
) -> None:
    """Write the invitation mail; sending again repeats it with the same link. Refused once it was withdrawn."""
    at = at or timezone.now()
    if invitation.status == InvitationStatus.WITHDRAWN:
        raise InviteRefused(_("This invitation was withdrawn."))
    if invitation.event.status != EventStatus.ANNOUNCED:
        raise InviteRefused(_("The event is not announced: announce it first."))
    again = invitation.sent_at is not None
    send_invitation_mail(invitation, by=by, at=at, again=again, keep_window=keep_window, many=many)
    if not again:
        invitation.sent_at = at
        invitation.save(update_fields=["sent_at"])
    log(invitation, "send_again" if again else "send", by=by, at=at)


@transaction.atomic
def accept(
    invitation: Invitation, *, channel: str = AnswerChannel.LINK, by: Any = None, at: datetime | None = None
) -> Registration:
    """Accept, and open the registration: a draft filled with what the office knows, or the one that was there.

    ``RegistrationClosed`` when the event takes none now (officers are not bound by it).
    """
    at = at or timezone.now()
    _lock(invitation)
    if by is None and not invitation.event.takes_registrations(at):
        raise RegistrationClosed(invitation.event)
    if invitation.status != InvitationStatus.ACCEPTED:
        INVITATION.apply(invitation, "accept", by=by or INVITEE, at=at, channel=channel)
    registration = _registration_of(invitation)
    if registration is None:
        registration = draft_for(invitation)
        registration.save()
        log(registration, "start", by=by or INVITEE, at=at)
    elif registration.status in (RegistrationStatus.CANCELLED, RegistrationStatus.REJECTED):
        registrations.come_back(registration, by=by, at=at)
    return registration


@transaction.atomic
def decline(
    invitation: Invitation,
    *,
    reason: str = "",
    channel: str = AnswerChannel.LINK,
    by: Any = None,
    at: datetime | None = None,
) -> None:
    """Decline, with an optional reason; a registration that was begun or sent is cancelled with it."""
    at = at or timezone.now()
    _lock(invitation)
    registration = _registration_of(invitation)
    if registration is not None and registration.status in ACTIVE_REGISTRATIONS:
        registrations.cancel(registration, by=by, reason=reason, at=at)
    INVITATION.apply(invitation, "decline", by=by or INVITEE, at=at, channel=channel, reason=reason)


def record_answer(
    invitation: Invitation, answer: str, *, channel: str, reason: str = "", by: Any, at: datetime | None = None
) -> None:
    """An officer records an answer that came another way: ``answer`` is "accepted" or "declined"."""
    if answer == InvitationStatus.ACCEPTED:
        accept(invitation, channel=channel, by=by, at=at)
    else:
        decline(invitation, reason=reason, channel=channel, by=by, at=at)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Any, at: datetime | None = None) -> None:
    """Withdraw: the link dies, waiting mail is cancelled, a registration with it; whoever got the mail is told."""
    at = at or timezone.now()
    _lock(invitation)
    registration = _registration_of(invitation)
    if registration is not None and registration.status in ACTIVE_REGISTRATIONS:
        registrations.cancel(registration, by=by, at=at)
    INVITATION.apply(invitation, "withdraw", by=by, at=at)


@transaction.atomic
def renew(invitation: Invitation, *, by: Any, at: datetime | None = None) -> None:
    """Open an invitation again that was declined, expired or withdrawn. Sending it is a step of its own."""
    at = at or timezone.now()
    if Invitation.objects.active().filter(event=invitation.event, contact=invitation.contact).exists():
        raise InviteRefused(_("Already invited."))
    INVITATION.apply(invitation, "renew", by=by, at=at)
    invitation.sent_at = None
    invitation.answered_at = None
    invitation.link_version += 1
    invitation.save(update_fields=["sent_at", "answered_at", "link_version"])


def lock(invitation: Invitation, *, by: Any, at: datetime | None = None) -> None:
    """From now on the link is for the invited person alone: a new browser has to show a code sent to the address."""
    _set_locked(invitation, is_locked=True, by=by, at=at)


def unlock(invitation: Invitation, *, by: Any, at: datetime | None = None) -> None:
    """The link may be handed on."""
    _set_locked(invitation, is_locked=False, by=by, at=at)


@transaction.atomic
def _set_locked(invitation: Invitation, *, is_locked: bool, by: Any, at: datetime | None) -> None:
    if invitation.is_locked == is_locked:
        return
    invitation.is_locked = is_locked
    invitation.save(update_fields=["is_locked"])
    log(invitation, "lock" if is_locked else "unlock", by=by, at=at)


def expire_invitations(at: datetime | None = None) -> int:
    """Mark unanswered invitations whose deadline has passed as expired; returns how many."""
    at = at or timezone.now()
    due = Invitation.objects.unanswered().filter(event__answer_deadline__lt=at).select_related("event", "contact")
    count = 0
    for invitation in due.iterator(chunk_size=500):
        try:
            INVITATION.apply(invitation, "expire", by="system", at=at)
        except Conflict:  # answered at this very moment
            continue
        count += 1
    return count


def queue_invitations(
    event: Event,
    category: Category,
    contacts: Iterable[Contact],
    *,
    by: Any,
    send: bool = True,
    is_locked: bool = False,
    keep_window: bool = False,
    back_url: str = "",
) -> Job:
    """Invite many, in the background, one committed row at a time; the job's report says who was skipped and why."""
    params = {
        "event": event.pk,
        "category": category.pk,
        "send": send,
        "is_locked": is_locked,
        "keep_window": keep_window,
    }
    rows = [(str(contact), {"contact": contact.pk}) for contact in contacts]
    title = _("Invitations to %(event)s") % {"event": event}
    return create_job("forums.invite", title, rows, by=by, params=params, back_url=back_url)


@job_kind("forums.invite", wakes="mail.deliver")
def _invite_row(job: Job, row: JobRow) -> tuple[RowState, str]:
    event = Event.objects.get(pk=job.params["event"])
    category = Category.objects.get(pk=job.params["category"], event=event)
    contact = Contact.objects.select_related("country").get(pk=row.data["contact"])
    options = {name: job.params[name] for name in ("send", "is_locked", "keep_window")}
    try:
        with override(job.created_by.language if job.created_by and job.created_by.language else "en"):
            invite(event, contact, category, by=job.created_by, many=job.total > 1, **options)
    except Refused as error:
        return RowState.SKIPPED, str(error)
    return RowState.CREATED, ""


def _lock(invitation: Invitation) -> None:
    """Pools first, as everywhere, so that answers and seats are always locked in the same order."""
    lock_pools(invitation.event)
    invitation.refresh_from_db(fields=["status", "link_version"])


def _registration_of(invitation: Invitation) -> Registration | None:
    mine = Registration.objects.filter(event=invitation.event, contact=invitation.contact)
    return mine.active().first() or mine.select_related("event", "category").order_by("-pk").first()


def draft_for(invitation: Invitation) -> Registration:
    """A registration, not yet saved, filled with what the office knows of the invited person."""
    contact = invitation.contact
    organisation = contact.organisation
    with override(contact.mail_language):
        return Registration(
            event=invitation.event,
            category=invitation.category,
            invitation=invitation,
            contact=contact,
            title=contact.title,
            full_name=contact.full_name,
            family_name=contact.family_name,
            native_name=contact.native_name,
            badge_name=contact.badge_name,
            email=contact.email,
            phone=contact.phone,
            language=contact.mail_language,
            time_zone=contact.time_zone,
            country=contact.country,
            organisation=organisation,
            organisation_name=str(organisation or ""),
            department=contact.department or "",
            position=contact.position or "",
            mode="online" if invitation.event.mode == "online" else "in_person",
        )


@INVITATION.bind("note_answer")
def _note_answer(
    invitation: Invitation, *, by: Any, at: datetime, channel: str = AnswerChannel.LINK, reason: str = ""
) -> None:
    invitation.answered_at, invitation.answer_channel, invitation.decline_reason = at, channel, reason
    invitation.save(update_fields=["answered_at", "answer_channel", "decline_reason"])


@INVITATION.bind("end_link")
def _end_link(invitation: Invitation, *, by: Any, at: datetime) -> None:
    invitation.link_version += 1
    invitation.save(update_fields=["link_version"])
    cancel_for(invitation, by=by)


@INVITATION.bind("tell_withdrawn")
def _tell_withdrawn(invitation: Invitation, *, by: Any, at: datetime) -> None:
    if invitation.sent_at:
        tell_invitee("withdrawn", invitation, by=by, at=at)
