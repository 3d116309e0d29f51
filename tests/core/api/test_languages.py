"""Texts in the language asked for, and what stands in for it."""

import pytest

from tests.api_client import ROOT, error, read
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(slug="forum", title_en="Forum", title_zh_hans="论坛", place_en="", place_zh_hans="南宁")


def title(client, query: str = "", **headers: str) -> dict[str, str]:
    found: dict[str, str] = read(client, f"events/forum/{query}", **headers)["title"]
    return found


def test_the_parameter_decides_before_the_header(client, event):
    assert title(client, "?lang=zh-hans", accept_language="en") == {"zh-hans": "论坛"}


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9", "zh-hans"), ("th,zh;q=0.5,en;q=0.1", "zh-hans"), ("fr", "en"), ("", "en"), ("*", "en")],
)
def test_the_header_is_negotiated(client, event, header, language):
    assert list(title(client, accept_language=header)) == [language]


def test_a_text_that_stands_in_names_its_language(client, event):
    assert read(client, "events/forum/?lang=en")["place"] == {"zh-hans": "南宁"}


def test_all_languages_at_once(client, event):
    found = read(client, "events/forum/?lang=all")
    assert found["title"] == {"en": "Forum", "zh-hans": "论坛"}
    assert (found["place"], found["venue"]) == ({"zh-hans": "南宁"}, {})


def test_the_answer_says_its_language_and_what_it_depends_on(client, event):
    response = client.get(f"{ROOT}events/forum/", headers={"accept-language": "zh"})
    assert response.headers["Content-Language"] == "zh-hans"
    assert "Accept-Language" in response.headers["Vary"]
    assert client.get(f"{ROOT}events/?lang=all").headers["Content-Language"] == "en, zh-hans"


def test_a_cookie_of_the_pages_decides_nothing(client, event):
    client.cookies["django_language"] = "zh-hans"
    assert title(client) == {"en": "Forum"}


def test_an_unknown_language_is_refused(client):
    assert error(client, "events/?lang=fr", 400)["allowed"] == {"lang": ["en", "zh-hans", "all"]}
