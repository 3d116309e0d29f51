"""Personal links: made again from nothing stored, good for one purpose, one object, one version."""

import io
import logging

import pytest

from portal.core.links import MaskLinks, make_token, mask_tokens, new_public_id, split_token, token_is_valid


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.LINK_KEYS = ["new key", "old key"]


@pytest.fixture
def public_id():
    return new_public_id()


def test_a_link_is_valid_for_what_it_was_made_for(public_id):
    token = make_token("invitation", public_id, 1)
    assert token_is_valid(token, "invitation", public_id, 1)
    assert split_token(token)[0] == public_id
    assert token == make_token("invitation", public_id, 1)


def test_a_link_is_good_for_nothing_else(public_id):
    token = make_token("invitation", public_id, 1)
    assert not token_is_valid(token, "registration", public_id, 1)
    assert not token_is_valid(token, "invitation", new_public_id(), 1)
    assert not token_is_valid(token, "invitation", public_id, 2)


def test_every_changed_character_makes_a_link_invalid(public_id):
    token = make_token("invitation", public_id, 1)
    for place in range(len(public_id) + 1, len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "Q") + token[place + 1 :]
        # the last character carries four bits of the signature: two spellings may mean the same bytes, text decides
        assert not token_is_valid(changed, "invitation", public_id, 1)


@pytest.mark.parametrize(
    "token", ["", ".", "abc", "a" * 35, "2" * 12 + ".", "2" * 12 + "." + "é" * 22, "2" * 12 + "." + "A" * 23]
)
def test_what_has_not_the_form_of_a_link_is_refused_without_error(token, public_id):
    assert split_token(token) == ("", "")
    assert not token_is_valid(token, "invitation", public_id, 1)


def test_links_of_a_rotated_key_stay_valid_until_it_is_taken_away(settings, public_id):
    settings.LINK_KEYS = ["old key"]
    token = make_token("invitation", public_id, 1)
    settings.LINK_KEYS = ["new key", "old key"]
    assert token_is_valid(token, "invitation", public_id, 1)
    assert make_token("invitation", public_id, 1) != token
    settings.LINK_KEYS = ["new key"]
    assert not token_is_valid(token, "invitation", public_id, 1)


def test_public_ids_are_long_and_different():
    assert len({new_public_id() for _ in range(1000)}) == 1000
    assert not set(new_public_id()) & set("01ilo")


def test_masking_leaves_the_id_and_takes_the_signature(public_id):
    token = make_token("invitation", public_id, 1)
    text = f"GET /en/invitations/{token}/ and https://portal.example/zh-hans/registrations/{token}?x=1"
    assert mask_tokens(text).count(f"{public_id}.…") == 2
    assert token.split(".")[1] not in mask_tokens(text)
    assert mask_tokens("nothing.here 3.14") == "nothing.here 3.14"


def test_masking_finds_a_link_inside_another_address_and_one_with_something_glued_to_it(public_id):
    signature = make_token("invitation", public_id, 1).split(".")[1]
    for written in (
        f"/login/?next=%2Fen%2Finvitations%2F{public_id}.{signature}%2F",
        f"/en/invitations/{public_id}%2E{signature}/",
        f"/en/invitations/{public_id}%2e{signature}/",
        f"/en/invitations/{public_id}.{signature}Please",
        f"/en/invitations/x{public_id}.{signature}",
    ):
        assert signature not in mask_tokens(written)


def test_no_log_line_and_no_traceback_shows_a_link(public_id):
    token = make_token("invitation", public_id, 1)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskLinks())
    logger = logging.getLogger("tests.links")
    logger.addHandler(handler)
    logger.warning("Not Found: %s", f"/invitations/{token}/")
    try:
        raise ValueError(f"bad {token}")
    except ValueError:
        logger.exception("while opening %s", token)
    assert token.split(".")[1] not in stream.getvalue()
    assert stream.getvalue().count(public_id) >= 3


@pytest.mark.parametrize("name", ["", "django", "django.request", "django.server", "gunicorn.access", "celery"])
def test_no_logger_writes_past_the_mask(name):
    own = [handler for handler in logging.getLogger(name).handlers if type(handler) is logging.StreamHandler]
    assert all(any(isinstance(each, MaskLinks) for each in handler.filters) for handler in own)
    assert name == "" or logging.getLogger(name).propagate
