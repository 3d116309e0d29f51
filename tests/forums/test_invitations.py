"""Invitations: sending, answering, recording answers, withdrawing, expiring."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forums.enums import AnswerChannel, EventStatus
from forums.enums import InvitationStatus as I
from forums.enums import RegistrationStatus as R
from forums.models import Invitation, Registration
from forums.services import invitations, registrations
from forums.services.errors import InviteRefused, RegistrationClosed
from forums.services.tokens import invitation_by_token
from portal.core.audit import history
from portal.core.jobs import run_due_jobs
from portal.core.models.jobs import JobState, RowState
from portal.core.workflow import TransitionRefused
from portal.mail.enums import MailState, Priority
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, ContactFactory, CountryFactory, EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return CategoryFactory()


def invite(officer, category, **options) -> Invitation:
    contact = options.pop("contact", None) or ContactFactory()
    return invitations.invite(category.event, contact, category, by=officer, **options)


def kinds(obj) -> list[str]:
    return list(
        OutboxMessage.objects.filter(object_id=str(obj.pk), content_type__model=obj._meta.model_name)
        .exclude(state=MailState.CANCELLED)
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_an_invitation_is_written_with_its_mail_and_its_history(officer, category):
    invitation = invite(officer, category)
    assert kinds(invitation) == ["forums.invitation"]
    assert [(entry.action, entry.actor) for entry in history(invitation)] == [("send", officer), ("invite", officer)]
    assert invitation.sent_at is not None


def test_the_mail_goes_out_in_the_language_of_the_contact(officer, category):
    in_china = ContactFactory(country=CountryFactory(code="CN", name_en="China", name_zh_hans="中国", party="china"))
    chosen = ContactFactory(country=in_china.country, language="en")
    for contact in (in_china, chosen, ContactFactory()):
        invite(officer, category, contact=contact)
    assert list(OutboxMessage.objects.order_by("pk").values_list("language", flat=True)) == ["zh-hans", "en", "en"]


@pytest.mark.parametrize(
    ("event", "contact", "reason"),
    [
        ({"status": EventStatus.DRAFT}, {}, "not announced"),
        ({"status": EventStatus.CANCELLED}, {}, "not announced"),
        ({}, {"is_active": False}, "no longer active"),
        ({"start_day": date(2025, 10, 21), "end_day": None}, {}, "is over"),
        ({"start_day": None, "answer_deadline": None, "registration_deadline": None}, {}, "neither a day nor"),
    ],
)
def test_whoever_cannot_be_invited_is_refused_with_the_reason(officer, event, contact, reason):
    category = CategoryFactory(event=EventFactory(**event))
    with pytest.raises(InviteRefused, match=reason):
        invite(officer, category, contact=ContactFactory(**contact))
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_but_somebody_withdrawn_can_be_again(officer, category):
    first = invite(officer, category)
    with pytest.raises(InviteRefused, match="Already invited"):
        invite(officer, category, contact=first.contact)
    invitations.withdraw(first, by=officer)
    assert invite(officer, category, contact=first.contact).status == I.PENDING


def test_two_people_may_share_an_address(officer, category):
    minister, assistant = (
        ContactFactory(email="office@ministry.example"),
        ContactFactory(email="office@ministry.example"),
    )
    for contact in (minister, assistant):
        invite(officer, category, contact=contact)
    assert OutboxMessage.objects.filter(to_email="office@ministry.example").count() == 2


def test_accepting_opens_a_draft_filled_with_what_the_office_knows(officer, category):
    contact = ContactFactory(full_name="Nguyễn Thị Minh Khai", position_en="Director", phone="+84 24 1234")
    registration = invitations.accept(invite(officer, category, contact=contact))
    assert (registration.status, registration.full_name, registration.position, registration.phone) == (
        R.DRAFT,
        "Nguyễn Thị Minh Khai",
        "Director",
        "+84 24 1234",
    )
    assert registration.category == category


def test_accepting_twice_opens_the_same_registration(officer, category):
    invitation = invite(officer, category)
    assert invitations.accept(invitation) == invitations.accept(invitation)
    assert Registration.objects.count() == 1


def test_accepting_after_the_close_is_refused_for_the_invitee_not_for_the_officer(officer, category):
    invitation = invite(officer, category)
    event = category.event
    event.registration_deadline = timezone.now() - timedelta(days=1)
    event.save()
    with pytest.raises(RegistrationClosed):
        invitations.accept(invitation)
    invitations.record_answer(invitation, I.ACCEPTED, channel=AnswerChannel.EMBASSY, by=officer)
    invitation.refresh_from_db()
    assert (invitation.status, invitation.answer_channel) == (I.ACCEPTED, AnswerChannel.EMBASSY)


def test_declining_keeps_the_reason_and_cancels_the_registration(officer, category):
    invitation = invite(officer, category)
    registration = invitations.accept(invitation)
    invitations.decline(invitation, reason="On mission")
    registration.refresh_from_db()
    assert (invitation.status, invitation.decline_reason, registration.status) == (
        I.DECLINED,
        "On mission",
        R.CANCELLED,
    )


def test_who_declined_may_change_their_mind(officer, category):
    invitation = invite(officer, category)
    first = invitations.accept(invitation)
    invitations.decline(invitation)
    assert invitations.accept(invitation) == first
    first.refresh_from_db()
    assert first.status == R.DRAFT


def test_withdrawing_ends_the_link_drops_waiting_mail_and_tells_the_person(officer, category):
    invitation = invite(officer, category)
    token = invitation.token
    assert invitation_by_token(token) == invitation
    invitations.withdraw(invitation, by=officer)
    assert invitation_by_token(token) is None
    assert kinds(invitation) == ["forums.withdrawn"]


def test_an_invitation_never_sent_is_withdrawn_in_silence(officer, category):
    invitation = invite(officer, category, send=False)
    invitations.withdraw(invitation, by=officer)
    assert kinds(invitation) == []


def test_sending_again_repeats_the_mail_at_most_once_a_minute(officer, category):
    invitation = invite(officer, category)
    later = timezone.now() + timedelta(minutes=5)
    for _ in range(2):
        invitations.send_invitation(invitation, by=officer, at=later)
    assert kinds(invitation) == ["forums.invitation"] * 2


def test_unanswered_invitations_expire_after_the_deadline_and_can_be_renewed(officer, category):
    invitation, answered = invite(officer, category), invite(officer, category)
    invitations.decline(answered)
    after = category.event.answer_deadline + timedelta(minutes=1)
    assert invitations.expire_invitations(after) == 1
    assert invitations.expire_invitations(after) == 0
    invitation.refresh_from_db()
    assert invitation.status == I.EXPIRED
    old = invitation.token
    invitations.renew(invitation, by=officer)
    assert (invitation.status, invitation.token == old) == (I.PENDING, False)


def test_who_may_not_manage_people_cannot_record_answers(reader, officer, category):
    invitation = invite(officer, category)
    with pytest.raises(PermissionDenied):
        invitations.record_answer(invitation, I.DECLINED, channel=AnswerChannel.POST, by=reader)
    with pytest.raises(PermissionDenied):
        invitations.withdraw(invitation, by=reader)


def test_a_withdrawn_invitation_cannot_be_accepted(officer, category):
    invitation = invite(officer, category)
    invitations.withdraw(invitation, by=officer)
    with pytest.raises(TransitionRefused):
        invitations.accept(invitation)


def test_many_are_invited_by_a_job_that_reports_who_was_skipped_and_why(officer, category):
    known = invite(officer, category).contact
    silent = ContactFactory(no_automatic_mail=True)
    contacts = [known, silent, ContactFactory(is_active=False), *[ContactFactory() for _ in range(3)]]
    job = invitations.queue_invitations(category.event, category, contacts, by=officer)
    run_due_jobs()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 6)
    assert list(job.rows.values_list("state", "reason")) == [
        (RowState.SKIPPED, "Already invited."),
        (RowState.CREATED, ""),
        (RowState.SKIPPED, "This contact is no longer active."),
        *[(RowState.CREATED, "")] * 3,
    ]
    assert OutboxMessage.objects.filter(state=MailState.HELD, contact=silent).count() == 1


@pytest.mark.parametrize(("people", "priority"), [(1, Priority.NORMAL), (2, Priority.BULK)])
def test_one_invitation_goes_at_once_and_many_give_way(officer, category, people, priority):
    chosen = [ContactFactory() for _ in range(people)]
    invitations.queue_invitations(category.event, category, chosen, by=officer)
    run_due_jobs()
    assert set(OutboxMessage.objects.values_list("priority", flat=True)) == {priority}


def test_a_registration_of_a_withdrawn_invitee_gives_its_seat_back(officer, category):
    invitation = invite(officer, category)
    registration = invitations.accept(invitation)
    registrations.save_step(registration, {"organisation_name": "MONRE", "position": "Director"}, by=officer)
    registrations.submit(registration, by=officer)
    assert registration.status == R.CONFIRMED
    invitations.withdraw(invitation, by=officer)
    registration.refresh_from_db()
    assert registration.status == R.CANCELLED
