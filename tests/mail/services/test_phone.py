"""A code read to a known caller: with permission, once, logged, never for staff."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.core.audit import history
from portal.mail.models import OutboxMessage
from portal.mail.services.phone import CodeNotReadable, read_code_aloud
from tests.accounts.test_sign_in import ask


@pytest.fixture
def message(client, delegate) -> OutboxMessage:
    ask(client, delegate.email)
    client.logout()
    return OutboxMessage.objects.get()


def test_an_officer_reads_the_code_and_the_reading_is_logged_without_it(message, officer):
    code = read_code_aloud(message, by=officer)
    assert code == message.secret
    entry = history(message).get()
    assert (entry.action, entry.actor) == ("code_read_aloud", officer)
    assert code not in f"{entry.changes}{entry.note}"


def test_a_code_is_read_once(message, officer):
    read_code_aloud(message, by=officer)
    with pytest.raises(CodeNotReadable, match="read already"):
        read_code_aloud(message, by=officer)


@pytest.mark.parametrize("role", ["logistics", "desk", "editor", "reader"])
def test_who_has_no_permission_reads_none(message, role, request):
    with pytest.raises(PermissionDenied):
        read_code_aloud(message, by=request.getfixturevalue(role))
    assert not history(message).exists()


def test_a_code_that_is_no_longer_good_is_not_read(message, officer):
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    with pytest.raises(CodeNotReadable, match="request a new one"):
        read_code_aloud(message, by=officer)


def test_the_code_of_a_member_of_staff_is_never_read(client, manager, officer):
    ask(client, manager.email)
    with pytest.raises(CodeNotReadable, match="Codes of staff"):
        read_code_aloud(OutboxMessage.objects.get(), by=officer)


def test_the_button_asks_first_then_shows_the_code_once(client, message, officer):
    client.force_login(officer)
    page = f"/admin/mail/outboxmessage/{message.pk}/"
    assert "read-code" in client.get(f"{page}change/").content.decode()
    asked = client.get(f"{page}read-code/").content.decode()
    assert message.secret not in asked
    assert "Read the code only to Delegate" in asked
    assert not history(message).exists()
    assert message.secret in client.post(f"{page}read-code/", {"confirmed": "yes"}).content.decode()
    again = client.post(f"{page}read-code/", {"confirmed": "yes"})
    assert again["Location"] == reverse("admin:mail_outboxmessage_change", args=[message.pk])
    assert history(message).count() == 1


def test_the_code_is_shown_nowhere_else_in_the_administration(client, message, superuser):
    client.force_login(superuser)
    for page in ("", f"{message.pk}/change/", f"{message.pk}/history/"):
        assert message.secret not in client.get(f"/admin/mail/outboxmessage/{page}").content.decode()
