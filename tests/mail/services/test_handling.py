from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from portal.core.audit import history
from portal.core.models import StoredFile
from portal.core.workflow import Conflict, TransitionRefused
from portal.mail.enums import HoldReason, MailState, Priority
from portal.mail.models import OutboxMessage
from portal.mail.services.claims import claim_next
from portal.mail.services.delivery import deliver_due
from portal.mail.services.handling import cancel, cancel_for, cancel_scope, hold, mark_called, release, resend
from portal.mail.workflow import MESSAGE
from tests.factories import ContactFactory
from tests.mail.conftest import WEDNESDAY
from tests.sink import NO_SUCH_USER

LATER = WEDNESDAY + timedelta(minutes=5)


def fresh(message: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=message.pk)


def test_a_held_message_waits_until_it_is_released(write, sink, officer):
    message = write()
    hold(message, by=officer)
    assert (fresh(message).state, fresh(message).hold_reason) == (MailState.HELD, HoldReason.OFFICER)
    assert deliver_due(WEDNESDAY) == 0
    release(message, by=officer, at=WEDNESDAY)
    assert deliver_due(WEDNESDAY) == 1
    assert [entry.action for entry in history(message)] == ["release", "hold"]


def test_a_cancelled_message_never_goes_and_its_code_is_forgotten(write, sink, officer):
    message = write(kind="test.code", secret="314159")
    cancel(message, by=officer)
    assert (fresh(message).state, fresh(message).secret) == (MailState.CANCELLED, "")
    assert deliver_due(WEDNESDAY) == 0


def test_a_message_that_is_going_is_not_cancelled(write, officer):
    message = write()
    claim_next(WEDNESDAY)
    with pytest.raises(Conflict):
        cancel(message, by=officer)


def test_a_message_that_has_gone_is_not_held(write, sink, officer):
    message = write()
    deliver_due(WEDNESDAY)
    with pytest.raises(TransitionRefused):
        hold(fresh(message), by=officer)


@pytest.mark.parametrize("step", [hold, cancel])
def test_who_may_not_change_messages_does_nothing(write, reader, step):
    message = write()
    with pytest.raises(PermissionDenied):
        step(message, by=reader)
    assert fresh(message).state == MailState.QUEUED


def test_a_person_to_be_called_is_not_released_but_marked_as_told(write, officer):
    message = write(ContactFactory(no_automatic_mail=True))
    with pytest.raises(ValidationError, match="gets no automatic mail"):
        release(message, by=officer)
    mark_called(message, by=officer, note="Spoke with the assistant")
    assert fresh(message).state == MailState.CALLED
    assert {entry.note for entry in history(message)} == {"", "Spoke with the assistant"}


def test_a_person_without_address_is_released_once_there_is_one(write, sink, officer):
    contact = ContactFactory(email="")
    message = write(contact)
    with pytest.raises(ValidationError, match="no e-mail address"):
        release(message, by=officer)
    contact.email = "new@ministry.example"
    contact.save()
    release(fresh(message), by=officer, at=WEDNESDAY)
    deliver_due(WEDNESDAY)
    assert sink.recipients == ["new@ministry.example"]


def test_only_the_call_list_is_marked_as_told(write, officer):
    message = write()
    hold(message, by=officer)
    with pytest.raises(ValidationError, match="not on the call list"):
        mark_called(message, by=officer)


def test_a_sent_message_is_sent_again_as_a_new_one_with_its_files(write, sink, officer):
    stored = StoredFile.objects.create(name="a.txt", content_type="text/plain", size=1, sha256="x", purpose="test")
    stored.file.save("a", ContentFile(b"a"))
    message = write(attachments=[stored])
    deliver_due(WEDNESDAY)
    again = resend(fresh(message), by=officer, at=LATER)
    assert deliver_due(LATER) == 1
    assert again.pk != message.pk
    assert len(set(sink.ids)) == 2
    assert [part.get_filename() for part in sink.messages[1].iter_attachments()] == ["a.txt"]


def test_a_failed_message_is_queued_again_with_the_same_message_id(write, sink, officer):
    sink.data_answer = "554 Not that"
    message = write()
    deliver_due(WEDNESDAY)
    sink.data_answer = ""
    assert resend(fresh(message), by=officer, at=LATER) == message
    assert deliver_due(LATER) == 1
    assert message.public_id in sink.ids[0]


def test_a_bounced_message_needs_another_address(write, contact, sink, officer):
    sink.answers[contact.email] = NO_SUCH_USER
    message = write(contact)
    deliver_due(WEDNESDAY)
    with pytest.raises(ValidationError, match="Correct it in the contact"):
        resend(fresh(message), by=officer, at=LATER)
    contact.email = "right@ministry.example"
    contact.save()
    resend(fresh(message), by=officer, at=LATER)
    deliver_due(LATER)
    assert sink.recipients == ["right@ministry.example"]


def test_a_code_is_not_sent_again(write, sink, officer):
    message = write(kind="test.code", secret="1", priority=Priority.CODE)
    deliver_due(WEDNESDAY)
    with pytest.raises(ValidationError, match="request a new one"):
        resend(fresh(message), by=officer)


def test_what_waits_about_an_object_is_dropped_and_the_rest_is_not(write, contact, officer):
    letter, code = write(contact, "a"), write(contact, "b", kind="test.code")
    other = write()
    assert cancel_for(contact, ["test.letter"], by="invitee") == 1
    assert [fresh(m).state for m in (letter, code, other)] == [MailState.CANCELLED, MailState.QUEUED, MailState.QUEUED]
    assert cancel_for(contact, by=officer) == 1
    assert history(code).get().action == "drop"


def test_what_waits_within_a_scope_is_dropped(write):
    inside, outside = write(scope="fair:1"), write(scope="fair:10")
    assert cancel_scope("fair:1") == 1
    assert (fresh(inside).state, fresh(outside).state) == (MailState.CANCELLED, MailState.QUEUED)


@pytest.mark.parametrize("state", MailState)
@pytest.mark.parametrize("transition", MESSAGE.transitions, ids=lambda transition: transition.name)
def test_every_step_is_possible_from_its_states_only(write, officer, state, transition):
    message = write()
    message.state = state
    message.save()
    if state in transition.sources:
        MESSAGE.apply(message, transition.name, by=officer)
        assert fresh(message).state == transition.target
    else:
        with pytest.raises(TransitionRefused):
            MESSAGE.apply(message, transition.name, by=officer)
        assert fresh(message).state == state
