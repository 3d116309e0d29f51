"""Signing in by a code from the mail: everybody, without a password."""

import re
import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from portal.accounts.models import User
from portal.mail.emails import SIGN_IN_CODE
from portal.mail.enums import MailState, Priority
from portal.mail.models import OutboxMessage
from portal.mail.services.render import render
from tests.factories import ContactFactory, CountryFactory

ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"


def ask(client, email: str):
    return client.post(reverse(ASK), {"email": email}, follow=True)


def confirm(client, code: str):
    return client.post(reverse(CONFIRM), {"code": code})


def sent_code() -> str:
    return OutboxMessage.objects.latest("pk").secret


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def text_of(response) -> str:
    """What the page says, without the tokens that differ from page to page."""
    page = re.sub(r'value="[^"]*"', "", response.content.decode())
    return re.sub(r"[\w.]+@[\w.]+", "ADDRESS", page)


def test_a_person_signs_in_with_the_code_from_the_outbox(client, delegate):
    ask(client, delegate.email)
    message = OutboxMessage.objects.get()
    assert (message.kind, message.priority, message.state) == (SIGN_IN_CODE, Priority.CODE, MailState.QUEUED)
    assert message.secret in render(message).text
    response = confirm(client, message.secret)
    assert response.status_code == 302
    assert is_signed_in(client)


def test_the_address_may_be_written_in_any_case(client, delegate):
    ask(client, delegate.email.upper())
    confirm(client, sent_code())
    assert is_signed_in(client)


def test_a_code_typed_with_full_width_digits_is_the_same_code(client, delegate):
    ask(client, delegate.email)
    wide = sent_code().translate({ord("0") + n: ord("０") + n for n in range(10)})
    confirm(client, wide)
    assert is_signed_in(client)


def test_the_code_is_mailed_in_the_language_of_the_person_before_that_of_the_page(client, delegate):
    ContactFactory(user=delegate, country=CountryFactory(code="CN"))
    ask(client, delegate.email)
    assert OutboxMessage.objects.get().language == "zh-hans"
    client.logout()
    delegate.language = "en"
    delegate.save(update_fields=["language"])
    ask(client, delegate.email)
    assert OutboxMessage.objects.latest("pk").language == "en"


def test_a_wrong_code_is_refused_with_what_to_do_next(client, delegate):
    ask(client, delegate.email)
    response = confirm(client, "0000-0000")
    assert response.status_code == 200
    assert "Look for the newest mail, or ask for a new code" in response.content.decode()
    assert not is_signed_in(client)


def test_after_three_wrong_codes_the_right_one_is_refused_too(client, delegate):
    ask(client, delegate.email)
    for _ in range(3):
        confirm(client, "0000-0000")
    confirm(client, sent_code())
    assert not is_signed_in(client)


def test_a_code_is_no_longer_good_after_fifteen_minutes(client, delegate, monkeypatch):
    ask(client, delegate.email)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 901)
    response = confirm(client, sent_code())
    assert response.status_code == 302
    assert response["Location"] == reverse(ASK)
    assert not is_signed_in(client)


def test_a_new_code_may_be_asked_for_and_ends_the_old_one(client, delegate):
    ask(client, delegate.email)
    first = sent_code()
    client.post(reverse(CONFIRM), {"action": "resend"})
    assert OutboxMessage.objects.count() == 2
    confirm(client, first)
    assert not is_signed_in(client)
    confirm(client, sent_code())
    assert is_signed_in(client)


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, delegate):
    known = ask(client, delegate.email)
    client.logout()
    unknown = ask(client, "stranger@elsewhere.example")
    assert unknown.redirect_chain == known.redirect_chain
    assert text_of(unknown) == text_of(known)
    assert OutboxMessage.objects.count() == 1


def test_a_wrong_code_says_the_same_for_known_and_unknown_addresses(client, delegate):
    ask(client, delegate.email)
    known = confirm(client, "0000-0000")
    client.logout()
    ask(client, "stranger@elsewhere.example")
    assert text_of(confirm(client, "0000-0000")) == text_of(known)


def test_an_unknown_address_costs_the_same_writing_as_a_known_one(client, delegate, django_assert_max_num_queries):
    """Time cannot be measured well here; the queries that make it can."""
    counts = []
    for email in (delegate.email, "stranger@elsewhere.example"):
        cache.clear()
        with django_assert_max_num_queries(100) as captured:
            client.post(reverse(ASK), {"email": email})
        counts.append(sum("mail_outboxmessage" in query["sql"] for query in captured.captured_queries))
        client.logout()
    assert counts[0] == counts[1] > 0


def test_a_closed_account_is_treated_as_an_unknown_address(client, delegate):
    delegate.is_active = False
    delegate.save(update_fields=["is_active"])
    ask(client, delegate.email)
    assert not OutboxMessage.objects.exists()


def test_asking_again_and_again_is_stopped(client, delegate):
    for _ in range(3):
        ask(client, delegate.email)
        client.logout()
    response = client.post(reverse(ASK), {"email": delegate.email})
    assert "Wait five minutes" in response.content.decode()
    assert OutboxMessage.objects.count() == 3


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "signup/passkey/"])
def test_there_is_no_page_to_sign_up_or_to_add_addresses(client, db, path):
    assert client.get(f"/en/accounts/{path}").status_code == 404


def test_opening_the_pages_changes_nothing(client, delegate):
    for name in (ASK, "account_login", "account_logout"):
        for _ in range(3):
            client.get(reverse(name))
            client.head(reverse(name))
    assert not OutboxMessage.objects.exists()


def test_signing_out_takes_a_button(client, delegate):
    client.force_login(delegate)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_no_password_can_be_guessed_for_who_has_none(client, delegate):
    client.post(reverse("account_login"), {"login": delegate.email, "password": "!"})
    assert not is_signed_in(client)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", ["login/", "login/code/"])
def test_every_field_of_the_door_has_its_label_and_no_script_is_inline(client, db, language, page):
    html = client.get(f"/{language}/accounts/{page}").content.decode()
    for field in re.findall(r'<input[^>]*\bid="(id_\w+)"', html):
        assert f'for="{field}"' in html
    inline = [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag and "json" not in tag]
    assert inline == []
    assert "style=" not in html


def test_two_users_cannot_share_an_address_in_different_case(db, delegate):
    with pytest.raises(Exception, match=r"accounts_email_once|UNIQUE"):
        User.objects.bulk_create([User(email=delegate.email.upper())])
