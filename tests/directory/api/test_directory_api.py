"""Countries and organisations in the API."""

import json

import pytest

from portal.directory.models import Membership
from tests.api_client import error, read, rows
from tests.factories import ContactFactory, CountryFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def countries():
    CountryFactory(
        code="CN",
        name_en="China",
        party="china",
        order_all=3,
        order_members_then_china=12,
        time_zones=["Asia/Shanghai"],
    )
    CountryFactory(code="DE", name_en="Germany", party="other", order_all=None, order_members_then_china=None)
    dili = CountryFactory(code="TL", name_en="Timor-Leste", order_all=11, order_members_then_china=10)
    CountryFactory(code="TH")
    Membership.objects.create(country=dili, valid_from="2025-10-26")


def codes(client, query: str = "") -> list[str]:
    return [row["code"] for row in rows(client, f"countries/{query}")]


def test_countries_stand_in_the_order_of_protocol_with_their_membership(client, countries):
    assert codes(client) == ["TH", "TL", "CN", "DE"]
    found = read(client, "countries/TL/")
    assert found["memberships"] == [{"valid_from": "2025-10-26", "valid_to": None}]
    assert found["order"] == {"china_after_members": 10, "china_among_members": 11}


@pytest.mark.parametrize(("party", "expected"), [("member", ["TH", "TL"]), ("china", ["CN"]), ("other", ["DE"])])
def test_countries_are_narrowed_by_party(client, countries, party, expected):
    assert codes(client, f"?party={party}") == expected


def test_an_organisation_that_did_not_agree_does_not_exist(client):
    OrganisationFactory(slug="ministry", name_en="Ministry")
    assert rows(client, "organisations/") == []
    assert error(client, "organisations/ministry/", 404)["code"] == "not_found"


def test_an_organisation_is_told_without_anybody_in_it(client):
    hidden = OrganisationFactory(slug="old", name_en="Old Ministry")
    known = OrganisationFactory(
        slug="new", name_en="New Ministry", is_public=True, predecessor=hidden, address="A street"
    )
    ContactFactory(organisation=known, full_name="Planted Person", email="planted@ministry.example")
    found = read(client, "organisations/new/")
    assert (found["name"], found["country"], found["predecessor"]) == ({"en": "New Ministry"}, "TH", None)
    text = json.dumps([found, rows(client, "organisations/")])
    assert "Planted" not in text
    assert "planted@" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [("kind=research", ["institute"]), ("country=TH", ["centre"]), ("q=sea+institute", ["institute"]), ("q=x", [])],
)
def test_organisations_are_narrowed(client, query, expected):
    abroad = CountryFactory(code="PH", name_en="Philippines")
    OrganisationFactory(slug="centre", is_public=True, kind="asean")
    values = {"kind": "research", "search_key": "\ninstitute of the sea\n", "country": abroad}
    OrganisationFactory(slug="institute", is_public=True, **values)
    assert [row["slug"] for row in rows(client, f"organisations/?{query}")] == expected
