"""The code behind a link that is locked to a person."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from portal.mail.emails import ACCESS_CODE
from portal.mail.enums import Priority
from portal.mail.models import OutboxMessage
from portal.mail.registry import Recipient
from portal.mail.services import codes
from portal.mail.services.codes import (
    SENT_AT_MOST,
    TooManyCodes,
    browser_is_known,
    check_code,
    plain_code,
    remember_browser,
    send_code,
)
from portal.mail.services.render import render

PURPOSE = "invitation:abcdefghjkmn:1"
MINISTER = Recipient("contact:1", "Dr Suriya", "minister@ministry.example", "zh-hans", "Asia/Bangkok")


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def ask(purpose: str = PURPOSE, to: Recipient = MINISTER) -> OutboxMessage:
    send_code(purpose, to, kind=ACCESS_CODE, obj=None, request=RequestFactory().get("/en/"))
    return OutboxMessage.objects.latest("pk")


def test_the_code_is_mailed_at_once_in_the_language_of_the_invited_person():
    message = ask()
    assert (message.to_email, message.priority) == ("minister@ministry.example", Priority.CODE)
    rendered = render(message)
    assert message.secret in rendered.text
    assert "验证码" in rendered.subject


def test_the_code_opens_once():
    code = ask().secret
    assert check_code(PURPOSE, code)
    assert not check_code(PURPOSE, code)


@pytest.mark.parametrize("write", [str, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_the_code_may_be_typed_with_or_without_its_dash(write):
    assert check_code(PURPOSE, write(ask().secret))


def test_full_width_digits_are_digits():
    assert plain_code("１２３４－５６７８") == "12345678"


def test_a_code_opens_nothing_else():
    code = ask().secret
    assert not check_code("invitation:abcdefghjkmn:2", code)


def test_the_fifth_wrong_code_ends_it():
    code = ask().secret
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    assert not any(check_code(PURPOSE, wrong) for _ in range(5))
    assert not check_code(PURPOSE, code)


def test_a_code_ends_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(codes, "ACCESS_CODE_GOOD_FOR", timedelta(0))
    code = ask().secret
    assert not check_code(PURPOSE, code)


def test_a_new_code_replaces_the_one_before():
    first, second = ask().secret, ask().secret
    assert not check_code(PURPOSE, first)
    assert check_code(PURPOSE, second)


def test_after_five_codes_within_an_hour_no_more_is_sent():
    for _ in range(SENT_AT_MOST):
        ask()
    with pytest.raises(TooManyCodes):
        ask()
    assert OutboxMessage.objects.count() == SENT_AT_MOST


def test_the_code_is_kept_as_a_hash_beside_the_encrypted_message():
    code = ask().secret
    kept = str(cache.get(codes._key(PURPOSE)))
    assert len(kept) == 64
    assert plain_code(code) not in kept
    assert code not in kept


def test_a_browser_that_showed_the_code_is_known_for_this_link_only():
    response = HttpResponse()
    remember_browser(response, PURPOSE)
    request = RequestFactory().get("/en/")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    assert browser_is_known(request, PURPOSE)
    assert not browser_is_known(request, "invitation:abcdefghjkmn:2")


def test_a_forged_cookie_is_not_believed():
    response = HttpResponse()
    remember_browser(response, PURPOSE)
    request = RequestFactory().get("/en/")
    request.COOKIES = {name: morsel.value[:-2] + "xx" for name, morsel in response.cookies.items()}
    assert not browser_is_known(request, PURPOSE)
