"""One shape for everything that goes wrong."""

import pytest

from portal.core.api.views import ReadOnly
from tests.api_client import ROOT, error, read
from tests.factories import CountryFactory, EventFactory

pytestmark = pytest.mark.django_db


def test_every_wrong_parameter_is_named_with_what_may_stand(client):
    CountryFactory(code="TH")
    said = error(client, "events/?kind=x&colour=red&upcoming=perhaps&year=25&from=20251021&country=QQ", 400)
    assert said["code"] == "invalid_parameters"
    assert set(said["fields"]) == {"kind", "colour", "upcoming", "year", "from", "country"}
    assert said["allowed"]["kind"] == ["forum", "workshop", "training", "dialogue", "meeting", "other"]
    assert said["allowed"]["upcoming"] == ["true", "false"]
    assert said["allowed"]["from"] == ["YYYY-MM-DD"]
    assert said["allowed"]["country"] == ["TH"]
    assert {"kind", "from", "lang", "page", "page_size"} <= set(said["allowed"]["parameters"])


def test_a_record_takes_no_filter(client):
    EventFactory(slug="forum")
    assert error(client, "events/forum/?kind=forum", 400)["allowed"] == {"parameters": ["lang"]}


def test_a_parameter_given_twice_is_refused(client):
    assert set(error(client, "events/?kind=forum&kind=workshop", 400)["fields"]) == {"kind"}


def test_an_empty_value_is_as_good_as_none(client):
    EventFactory()
    assert read(client, "events/?kind=&year=&country=&page=&page_size=")["count"] == 1


@pytest.mark.parametrize("value", ["%00", "a%00b", "x" * 10_001])
def test_what_cannot_be_read_is_refused(client, value):
    assert set(error(client, f"organisations/?q={value}", 400)["fields"]) == {"q"}


@pytest.mark.parametrize("path", ["events/nothing/", "countries/QQ/", "results/nothing/", "nothing/", "events/a/b/"])
def test_what_does_not_exist_is_said_in_the_same_shape(client, path):
    assert error(client, path, 404)["code"] == "not_found"


def test_a_page_that_does_not_exist_names_the_last_one(client):
    EventFactory.create_batch(3)
    said = error(client, "events/?page_size=2&page=3", 404)
    assert said["message"] == "There is no page 3; the last is page 2."
    assert error(client, "events/?page=0", 404)["code"] == "no_such_page"
    assert error(client, "events/?page=99999999999", 400)["fields"].keys() == {"page"}


@pytest.mark.parametrize("size", ["0", "101", "-1", "ten", "1.5"])
def test_a_page_has_at_most_a_hundred_rows(client, size):
    assert error(client, f"events/?page_size={size}", 400)["allowed"] == {"page_size": ["1–100"]}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written(client, method):
    response = getattr(client, method)(f"{ROOT}events/")
    assert response.status_code == 405
    assert response.json()["error"]["allowed"] == {"methods": ["GET", "HEAD"]}


def test_only_json_is_spoken(client):
    assert error(client, "events/?format=xml", 406)["allowed"] == {"format": ["json"]}
    assert error(client, "events/", 406, accept="application/xml")["code"] == "not_acceptable"
    assert read(client, "events/?format=json")["count"] == 0
    assert read(client, "events/", accept="text/html, */*;q=0.1")["count"] == 0


def test_an_error_that_nobody_foresaw_is_told_and_logged_and_says_nothing_of_itself(client, monkeypatch, caplog):
    def stumble(*_args: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(ReadOnly, "read_query", stumble)
    client.raise_request_exception = False
    said = error(client, "", 500)
    assert said == {"code": "server_error", "message": "Something went wrong here. Try again later."}
    assert "the secret of the house" in caplog.text


def test_an_error_reaches_those_who_listen_for_it(client, monkeypatch):
    monkeypatch.setattr(ReadOnly, "read_query", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get(ROOT)


def test_an_address_without_its_slash_leads_to_the_one_with(client):
    response = client.get(f"{ROOT}events?kind=forum")
    assert (response.status_code, response.headers["Location"]) == (301, f"{ROOT}events/?kind=forum")
    assert error(client, "nothing", 404)["code"] == "not_found"


def test_errors_are_told_in_the_language_asked_for(client):
    response = client.get(f"{ROOT}events/nothing/?lang=zh-hans")
    assert response.headers["Content-Language"] == "zh-hans"
