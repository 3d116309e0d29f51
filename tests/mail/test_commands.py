from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.mail.models import ReminderRule
from tests.factories import ContactFactory
from tests.mail.conftest import WEDNESDAY
from tests.sink import NO_SUCH_USER

pytestmark = pytest.mark.django_db
AT = "2026-12-02T12:00+08:00"


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue().strip()


def test_deliver_mail_sends_what_is_due_and_a_second_run_nothing(write, sink):
    write()
    assert run("deliver_mail", "--at", AT) == "sent 1, to be tried again 0, dropped 0, failed 0"
    assert run("deliver_mail", "--at", AT) == "nothing is due"
    assert len(sink.messages) == 1


def test_a_time_without_zone_is_the_offices(write, sink):
    write()
    assert run("deliver_mail", "--at", "2026-12-02T11:59") == "nothing is due"
    assert run("deliver_mail", "--at", "2026-12-02T12:00").startswith("sent 1")


def test_deliver_mail_ends_with_an_error_when_a_message_failed_for_good(write, contact, sink):
    sink.answers[contact.email] = NO_SUCH_USER
    write(contact), write()
    with pytest.raises(CommandError, match="1 message"):
        run("deliver_mail", "--at", AT)
    assert len(sink.messages) == 1


def test_deliver_mail_ends_with_an_error_when_the_server_is_down(write, sink, settings):
    settings.EMAIL_PORT = 1
    write(), write()
    with pytest.raises(CommandError, match="does not answer"):
        run("deliver_mail", "--at", AT)


def test_a_wrong_time_is_refused_with_an_example():
    with pytest.raises(CommandError, match="no date and time such as 2026-12-01T09:00"):
        run("deliver_mail", "--at", "tomorrow")


def test_send_reminders_writes_once_and_delivers_when_asked(world, sink):
    world.people, world.instant = [ContactFactory(), ContactFactory()], WEDNESDAY + timedelta(days=1)
    ReminderRule.objects.create(scope="fair:1", audience="all", anchor="day", offset_hours=-24, kind="test.letter")
    assert run("send_reminders", "--at", AT) == "reminders written: 2"
    assert sink.messages == []
    out = run("send_reminders", "--at", AT, "--deliver")
    assert out.splitlines() == ["reminders written: 0", "sent 2, to be tried again 0, dropped 0, failed 0"]
    assert run("send_reminders", "--at", AT, "--deliver").splitlines() == ["reminders written: 0", "nothing is due"]
