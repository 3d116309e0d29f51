from datetime import timedelta

import pytest

from portal.mail.enums import MailState, Priority
from portal.mail.models import OutboxMessage
from portal.mail.registry import Attachment
from portal.mail.services.claims import BACK_OFF, LEASE, MAX_ATTEMPTS, claim_next
from portal.mail.services.delivery import deliver_due, drain
from tests.factories import ContactFactory, CountryFactory
from tests.mail.conftest import TOKEN_LINK, WEDNESDAY
from tests.sink import GREYLISTED, NO_SUCH_USER, header_of, html_of, text_of


def fresh(message: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=message.pk)


def test_each_message_goes_once_over_one_connection(write, sink):
    messages = [write() for _ in range(3)]
    assert deliver_due(WEDNESDAY) == 3
    assert deliver_due(WEDNESDAY) == 0
    assert sink.recipients == [message.to_email for message in messages]
    assert sink.connections == 1


def test_headers_and_parts_are_those_of_the_office(write, contact, sink, settings):
    settings.BASE_URL = "https://portal.example"
    message = write(contact)
    deliver_due(WEDNESDAY)
    (mail,) = sink.messages
    assert mail["Message-ID"] == f"<{message.public_id}@portal.example>"
    assert mail["From"].addresses[0].addr_spec == settings.OFFICE_EMAIL
    assert mail["From"].addresses[0].display_name == settings.OFFICE_NAMES["en"]
    assert mail["Reply-To"] == "desk@office.example"
    assert mail["To"].addresses[0].display_name == "Somchai Jaidee"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert TOKEN_LINK in text_of(mail)
    assert f'<a href="{TOKEN_LINK}">' in html_of(mail)


def test_what_is_kept_of_a_sent_message_has_no_link_and_no_code(write, contact, sink):
    letter = write(contact, "letter")
    code = write(contact, "code", kind="test.code", secret="314159", priority=Priority.CODE)
    deliver_due(WEDNESDAY)
    assert text_of(sink.messages[0]) == "The code is 314159."
    assert "abcdefghjkmn.…" in fresh(letter).sent_body
    assert "ABCDEFGHIJKLMNOPQRSTUV" not in fresh(letter).sent_body
    assert fresh(code).sent_body == "The code is ••••••."
    assert fresh(code).sent_at == WEDNESDAY


def test_a_code_is_forgotten_after_a_quarter_of_an_hour_and_not_sent_late(write, contact, sink):
    sent = write(contact, "sent", kind="test.code", secret="314159")
    deliver_due(WEDNESDAY)
    late = write(contact, "late", kind="test.code", secret="271828")
    deliver_due(WEDNESDAY + timedelta(minutes=15))
    assert (fresh(sent).secret, fresh(late).secret) == ("", "")
    assert (fresh(sent).state, fresh(late).state) == (MailState.SENT, MailState.CANCELLED)
    assert len(sink.messages) == 1


@pytest.mark.parametrize(
    "name", ["မောင်" * 24, "Nguyễn Thị Minh Khai", "សុខ", "A\r\nBcc: x@example.org", 'A "B" <c@d.e>, f@g.h']
)
def test_a_name_in_any_script_or_shape_is_one_recipient(write, sink, name):
    message = write(ContactFactory(full_name=name))
    deliver_due(WEDNESDAY)
    (mail,) = sink.messages
    assert sink.recipients == [message.to_email]
    assert mail["Bcc"] is None
    assert [address.addr_spec for address in mail["To"].addresses] == [message.to_email]
    if "\n" not in name and '"' not in name:
        assert header_of(sink.contents[0], "To").replace("\n ", "") == f"{name} <{message.to_email}>"
        assert name in text_of(mail)


def test_an_address_that_would_smuggle_a_header_is_given_up(write, sink):
    message = write(ContactFactory(email="a@b.example"))
    OutboxMessage.objects.update(to_email="a@b.example\nBcc: x@example.org")
    assert drain(WEDNESDAY).failed == 1
    assert fresh(message).state == MailState.FAILED
    assert sink.messages == []


def test_a_calendar_keeps_its_method(write, contact, sink, world):
    world.files = [Attachment("会议.ics", "text/calendar; method=REQUEST; charset=utf-8", "会议".encode())]
    write(contact)
    deliver_due(WEDNESDAY)
    (part,) = sink.messages[0].iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert part.get_filename() == "会议.ics"
    assert part.get_content().strip() == "会议"


def test_codes_go_first_then_by_time(write, sink):
    bulk = write(priority=Priority.BULK, at=WEDNESDAY - timedelta(hours=2))
    late, early = write(), write(at=WEDNESDAY - timedelta(hours=1))
    code = write(priority=Priority.CODE)
    deliver_due(WEDNESDAY)
    assert sink.recipients == [message.to_email for message in (code, early, late, bulk)]


def test_nothing_goes_before_its_time(write, sink):
    write(at=WEDNESDAY + timedelta(seconds=1))
    assert deliver_due(WEDNESDAY) == 0


def test_a_message_that_keeps_the_window_is_moved_to_the_next_opening(write, sink):
    yangon = ContactFactory(time_zone="Asia/Yangon")
    message, evening = write(yangon, keep_window=True), WEDNESDAY + timedelta(hours=8)
    assert deliver_due(evening) == 0
    assert fresh(message).not_before == (WEDNESDAY + timedelta(hours=21, minutes=30))
    assert deliver_due(fresh(message).not_before) == 1


def test_a_temporary_refusal_is_tried_again_ever_later_and_then_given_up(write, contact, sink):
    sink.answers[contact.email] = GREYLISTED
    message, at = write(contact), WEDNESDAY
    for wait in BACK_OFF:
        assert drain(at).retrying == 1
        assert fresh(message).not_before == at + wait
        assert drain(at + wait - timedelta(seconds=1)).total == 0
        at += wait
    assert drain(at).failed == 1
    assert (fresh(message).state, fresh(message).attempts) == (MailState.FAILED, MAX_ATTEMPTS)
    assert "451" in fresh(message).last_error


def test_a_retry_that_succeeds_has_the_same_message_id(write, contact, sink):
    message = write(contact)
    sink.data_answer = GREYLISTED
    deliver_due(WEDNESDAY)
    sink.data_answer = ""
    assert deliver_due(WEDNESDAY + BACK_OFF[0]) == 1
    assert message.public_id in sink.ids[0]
    assert fresh(message).last_error == ""


def test_a_refused_address_bounces_at_once_and_the_rest_goes(write, contact, sink):
    sink.answers[contact.email] = NO_SUCH_USER
    bounced, other = write(contact), write()
    run = drain(WEDNESDAY)
    assert (run.failed, run.sent) == (1, 1)
    assert (fresh(bounced).state, fresh(other).state) == (MailState.BOUNCED, MailState.SENT)


def test_a_message_the_server_refuses_for_good_fails(write, contact, sink):
    sink.data_answer = "554 5.6.0 Not that"
    message = write(contact)
    assert drain(WEDNESDAY).failed == 1
    assert (fresh(message).state, fresh(message).attempts) == (MailState.FAILED, 1)


def test_a_server_that_is_down_costs_two_messages_a_try_and_the_rest_waits(write, sink, settings):
    settings.EMAIL_PORT = 1
    messages = [write() for _ in range(4)]
    run = drain(WEDNESDAY)
    assert (run.retrying, run.server_is_down) == (2, True)
    assert [fresh(message).attempts for message in messages] == [1, 1, 0, 0]
    settings.EMAIL_PORT = sink.port
    assert deliver_due(WEDNESDAY + BACK_OFF[0]) == 4


def test_a_killed_workers_message_is_taken_back_with_the_same_message_id(write, contact, sink):
    message = write(contact)
    assert claim_next(WEDNESDAY) == message
    assert deliver_due(WEDNESDAY + LEASE - timedelta(seconds=1)) == 0
    assert deliver_due(WEDNESDAY + LEASE) == 1
    assert message.public_id in sink.ids[0]
    assert (fresh(message).attempts, fresh(message).lease_until) == (2, None)


def test_a_message_that_kills_its_worker_every_time_is_given_up(write, contact, sink):
    message = write(contact)
    OutboxMessage.objects.update(state=MailState.SENDING, lease_until=WEDNESDAY, attempts=MAX_ATTEMPTS)
    assert drain(WEDNESDAY).total == 0
    assert fresh(message).state == MailState.FAILED


def test_two_claims_never_get_the_same_message(write):
    first, second = write(), write()
    assert [claim_next(WEDNESDAY), claim_next(WEDNESDAY), claim_next(WEDNESDAY)] == [first, second, None]


def test_a_mail_host_gets_no_more_than_its_share_a_minute_and_others_are_not_held_up(write, sink, settings):
    settings.MAIL_RATE_PER_HOST = 2
    messages = [write(ContactFactory(email=f"p{n}@one.example")) for n in range(5)]
    other = write(ContactFactory(email="p@two.example"))
    assert deliver_due(WEDNESDAY) == 3
    assert other.to_email in sink.recipients
    assert deliver_due(WEDNESDAY + timedelta(seconds=59)) == 0
    assert deliver_due(WEDNESDAY + timedelta(seconds=60)) == 2
    assert deliver_due(WEDNESDAY + timedelta(seconds=120)) == 1
    assert sorted(sink.recipients) == sorted(message.to_email for message in [*messages, other])


def test_codes_do_not_wait_for_the_rate(write, sink, settings):
    settings.MAIL_RATE_PER_HOST = 1
    write(ContactFactory(email="a@one.example"), priority=Priority.CODE)
    write(ContactFactory(email="b@one.example"), priority=Priority.CODE)
    assert deliver_due(WEDNESDAY) == 2


def test_one_broken_text_does_not_stop_the_queue(write, contact, sink, world):
    broken, good = write(contact, kind="test.letter"), write(kind="test.code", secret="1")
    OutboxMessage.objects.filter(pk=broken.pk).update(kind="test.gone")
    run = drain(WEDNESDAY)
    assert (run.failed, run.sent) == (1, 1)
    assert fresh(broken).last_error == "KeyError: 'test.gone'"
    assert fresh(good).state == MailState.SENT


def test_a_message_that_is_no_longer_wanted_is_dropped(write, contact, sink, world):
    message = write(contact)
    world.is_wanted = False
    assert drain(WEDNESDAY).dropped == 1
    assert fresh(message).state == MailState.CANCELLED
    assert sink.messages == []


def test_a_holiday_where_the_recipient_is_keeps_the_message(write, sink, db):
    country = CountryFactory(code="ID", name_en="Indonesia", name_zh_hans="印度尼西亚", time_zones=["Asia/Jakarta"])
    country.holidays.create(day=WEDNESDAY.date(), name="A day")
    message = write(ContactFactory(country=country), keep_window=True)
    assert deliver_due(WEDNESDAY) == 0
    assert fresh(message).not_before == WEDNESDAY + timedelta(hours=21)  # Thursday 08:00 in Jakarta


def test_a_limit_is_kept(write, sink):
    for _ in range(3):
        write()
    assert deliver_due(WEDNESDAY, limit=2) == 2
