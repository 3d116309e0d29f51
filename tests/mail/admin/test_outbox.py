import pytest
from django.urls import reverse

from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage
from portal.mail.services.delivery import deliver_due
from portal.mail.services.handling import hold
from tests.factories import ContactFactory
from tests.mail.conftest import TOKEN_LINK, WEDNESDAY

pytestmark = pytest.mark.django_db
LIST = reverse("admin:mail_outboxmessage_changelist")
MASKED = "abcdefghjkmn.…"


def page_of(message: OutboxMessage) -> str:
    return reverse("admin:mail_outboxmessage_change", args=[message.pk])


def step_of(message: OutboxMessage, code: str) -> str:
    return reverse("admin:mail_outboxmessage_step", args=[message.pk, code])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_for_one_row_and_for_three(web, write, django_assert_num_queries, rows):
    for _ in range(rows):
        write(scope="fair:1")
    web.get(LIST)
    with django_assert_num_queries(6):
        assert web.get(LIST).status_code == 200


def test_the_list_is_searched_and_filtered(web, write):
    write(ContactFactory(full_name="Somchai"), scope="fair:1")
    write(ContactFactory(full_name="Dara", no_automatic_mail=True, phone="+856 20 1234"))
    for query, seen in [
        ({"q": "somchai"}, "Somchai"),
        ({"scope": "fair:1"}, "Somchai"),
        ({"state__exact": "held", "hold_reason__exact": "call"}, "Dara"),
    ]:
        page = web.get(LIST, query).content.decode()
        assert [name for name in ("Somchai", "Dara") if f">{name}<" in page] == [seen]
    assert "Fair 1" in web.get(LIST, {"kind": "test.letter"}).content.decode()


def test_the_list_says_the_zone_and_never_a_number_it_did_not_count(web, write):
    write()
    page = web.get(LIST).content.decode()
    assert "Beijing time (UTC+8)" in page
    assert "9999" not in page
    assert "Choose all messages of this list, on every page" in page


def test_a_message_is_read_with_its_links_masked_before_and_after_sending(web, write, sink):
    message = write()
    for _ in range(2):
        page = web.get(page_of(message)).content.decode()
        assert MASKED in page
        assert TOKEN_LINK not in page
        deliver_due(WEDNESDAY)


def test_nothing_can_be_edited_added_or_deleted_by_hand(web, write, superuser):
    message = write()
    web.force_login(superuser)
    assert web.post(page_of(message), {"to_email": "other@ministry.example"}).status_code == 403
    assert web.get(reverse("admin:mail_outboxmessage_add")).status_code == 403
    assert web.post(reverse("admin:mail_outboxmessage_delete", args=[message.pk]), {"post": "yes"}).status_code == 403
    assert OutboxMessage.objects.get().to_email == message.to_email


def test_the_call_list_shows_telephone_and_text_to_copy_to_who_may_handle_it(web, write, superuser):
    message = write(ContactFactory(no_automatic_mail=True, phone="+856 20 1234"))
    page = web.get(page_of(message)).content.decode()
    assert "tel:+856 20 1234" in page
    assert TOKEN_LINK in page
    assert "Told by telephone" in page


def test_a_step_asks_before_it_is_done(web, write):
    message = write()
    assert "Hold these messages" in web.get(step_of(message, "hold")).content.decode()
    assert OutboxMessage.objects.get().state == MailState.QUEUED
    answer = web.post(step_of(message, "hold"), {"confirmed": "yes"}, follow=True)
    assert "1 message is held." in answer.content.decode()
    assert OutboxMessage.objects.get().state == MailState.HELD


def test_many_are_handled_after_a_question_with_a_report_of_who_was_skipped_and_why(web, write, officer):
    held, queued = write(ContactFactory(full_name="Ann")), write(ContactFactory(full_name="Bo"))
    called = write(ContactFactory(full_name="Cy", no_automatic_mail=True))
    hold(held, by=officer)
    chosen = {"action": "release", "_selected_action": [held.pk, queued.pk, called.pk]}
    asked = web.post(LIST, chosen).content.decode()
    assert "Release these messages?" in asked
    assert asked.count("<li>") >= 3
    report = web.post(LIST, {**chosen, "confirmed": "yes"}, follow=True).content.decode()
    assert "1 message was released." in report
    assert "not possible in its present state" in report
    assert "gets no automatic mail" in report
    assert set(OutboxMessage.objects.values_list("to_name", "state")) == {
        ("Ann", "queued"),
        ("Bo", "queued"),
        ("Cy", "held"),
    }


def test_all_that_the_filter_finds_can_be_chosen(web, write):
    for _ in range(2):
        write(scope="fair:1")
    other = write(scope="fair:2")
    chosen = {"action": "cancel", "_selected_action": [other.pk], "select_across": "1"}
    asked = web.post(f"{LIST}?scope=fair:1", {**chosen, "index": "0"})
    keys = [value for name, value in asked.context["fields"] if name == "_selected_action"]
    web.post(f"{LIST}?scope=fair:1", {"action": "cancel", "_selected_action": keys, "confirmed": "yes"})
    assert OutboxMessage.objects.filter(state=MailState.CANCELLED).count() == 2
    other.refresh_from_db()
    assert other.state == MailState.QUEUED


def test_a_call_is_noted_with_what_was_said(web, write):
    message = write(ContactFactory(no_automatic_mail=True))
    web.post(step_of(message, "mark_called"), {"confirmed": "yes", "note": "By messenger"})
    history = web.get(reverse("admin:mail_outboxmessage_history", args=[message.pk])).content.decode()
    assert "By messenger" in history
    assert "Told by telephone" in history


@pytest.mark.parametrize(("role", "status"), [("logistics", 403), ("desk", 403), ("editor", 403), ("reader", 403)])
def test_other_roles_do_not_see_the_outbox(client, write, request, role, status):
    message = write()
    client.force_login(request.getfixturevalue(role))
    assert client.get(LIST).status_code == status
    assert client.post(step_of(message, "cancel"), {"confirmed": "yes"}).status_code == status
    assert OutboxMessage.objects.get().state == MailState.QUEUED
