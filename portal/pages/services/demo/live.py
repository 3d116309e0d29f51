"""Invitations and answers of the first events, by the services that people use: seats, mail and history are real."""

from datetime import datetime, timedelta
from typing import Any

from forums.enums import AnswerChannel, RegistrationStatus
from forums.models import Category, Event, Invitation, Registration
from forums.services import invitations, registrations
from forums.services.consents import PRIVACY, record_answers
from portal.core.models import TextVersion
from portal.core.texts import current_text
from portal.directory.models import Contact
from portal.pages.services.content import PRIVACY_NOTICE

SUBMITTED, DRAFTS, DECLINED = 24, 3, 4  # of those invited, in order; the rest has not answered
HOUR = timedelta(hours=1)


def play(event: Event, category: Category, people: list[Contact], *, by: Any, at: datetime) -> None:
    """Invite ``people``, and let some answer in every way there is. ``at`` is when it begins, in the past."""
    invited = [invitations.invite(event, person, category, by=by, at=at) for person in people]
    text = current_text(PRIVACY_NOTICE)
    sent = [
        _register(invitation, text, at=at + (1 + turn) * HOUR) for turn, invitation in enumerate(invited[:SUBMITTED])
    ]
    rest = invited[SUBMITTED:]
    later = at + timedelta(days=2)
    for invitation in rest[:DRAFTS]:
        invitations.accept(invitation, at=later)
    for invitation in rest[DRAFTS : DRAFTS + DECLINED]:
        invitations.decline(invitation, reason="Another engagement / 另有安排", at=later)
    if len(rest) > DRAFTS + DECLINED + 1:
        invitations.record_answer(rest[-1], "declined", channel=AnswerChannel.EMBASSY, by=by, at=later)
        invitations.withdraw(rest[-2], by=by, at=later)
    _decide(category, sent, by=by, at=later + HOUR)


def _register(invitation: Invitation, text: TextVersion, *, at: datetime) -> Registration:
    registration = invitations.accept(invitation, at=at)
    record_answers(registration, {PRIVACY: True}, text=text, given_by=registration.full_name, at=at)
    wishes = {"diet": "halal"} if registration.pk % 3 == 0 else {"list_consent": "participants"}
    registrations.save_step(registration, wishes, at=at)
    registrations.submit(registration, at=at)
    return registration


def _decide(category: Category, sent: list[Registration], *, by: Any, at: datetime) -> None:
    """What an officer does: approve most and reject one where the category asks for it; somebody cancels."""
    if category.needs_approval:
        pending = [registration for registration in sent if registration.status == RegistrationStatus.PENDING]
        for registration in pending[: 2 * len(pending) // 3]:
            registrations.approve(registration, by=by, at=at)
        for registration in pending[-1:]:
            registrations.reject(registration, reason="Demonstration / 演示", by=by, at=at)
    if sent:
        registrations.cancel(sent[0], at=at)
