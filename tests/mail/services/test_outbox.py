from unittest.mock import ANY

import pytest
from django.db import transaction

from portal.mail.enums import HoldReason, MailState, Priority
from portal.mail.models import MessageTemplate, OutboxMessage
from tests.factories import ContactFactory


def test_a_dedupe_key_is_written_once_and_the_transaction_goes_on(write, contact):
    with transaction.atomic():
        assert write(contact, "same") is not None
        assert write(contact, "same") is None
        assert write(contact, "other") is not None
    assert OutboxMessage.objects.count() == 2


def test_a_kind_nobody_registered_is_refused(write, contact):
    with pytest.raises(KeyError):
        write(contact, kind="test.unknown")


def test_people_without_automatic_mail_or_address_go_to_the_call_list(write):
    unwilling = write(ContactFactory(no_automatic_mail=True))
    unreachable = write(ContactFactory(email=""))
    for message in (unwilling, unreachable):
        assert (message.state, message.hold_reason) == (MailState.HELD, HoldReason.CALL)


def test_a_sign_in_code_goes_even_to_people_without_automatic_mail(write):
    message = write(ContactFactory(no_automatic_mail=True), kind="test.code", priority=Priority.CODE)
    assert message.state == MailState.QUEUED


@pytest.mark.parametrize(("house", "own", "state"), [(True, False, "queued"), (False, True, "held")])
def test_the_nearer_wording_decides_whether_a_message_waits_for_release(write, contact, house, own, state):
    MessageTemplate.objects.create(kind="test.letter", hold_for_release=house)
    MessageTemplate.objects.create(kind="test.letter", scope="fair:1", hold_for_release=own)
    message = write(contact, scope="fair:1")
    assert message.state == state
    assert (message.hold_reason == HoldReason.RELEASE) == own


def test_a_secret_lies_encrypted(write, contact, django_assert_num_queries):
    message = write(contact, kind="test.code", secret="314159")
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT secret FROM mail_outboxmessage WHERE id = %s", [message.pk])
        assert cursor.fetchone() == (ANY,)
        cursor.execute("SELECT COUNT(*) FROM mail_outboxmessage WHERE secret LIKE %s", ["%314159%"])
        assert cursor.fetchone() == (0,)
    assert OutboxMessage.objects.get(pk=message.pk).secret == "314159"


def test_a_worker_is_woken_after_the_commit_but_not_for_messages_to_many(
    write, contact, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        write(contact, "one")
        write(contact, "two", priority=Priority.BULK)
    assert len(callbacks) == 1
