"""The door of the API: what there is, its schema, its page for people."""

import pytest
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.validation import validate_schema

from portal.pages.api.views import RESOURCES, schema
from tests.api_client import ROOT, read

pytestmark = pytest.mark.django_db


def test_the_root_names_every_resource_and_all_of_them_answer(client):
    found = read(client, "")
    assert set(found) == {*RESOURCES, "schema", "docs"}
    for url in found.values():
        assert client.get(url).status_code == 200


def test_the_schema_is_valid_and_is_made_without_a_warning():
    reset_generator_stats()
    schema.cache_clear()
    validate_schema(schema())
    assert (GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache) == ({}, {})


def test_the_schema_is_in_english_whoever_asks_first(client):
    schema.cache_clear()
    made = read(client, "schema/?lang=zh-hans")
    assert "Forum" in made["components"]["schemas"]["Event"]["properties"]["kind"]["description"]


def test_every_operation_is_described_with_an_example_and_every_parameter_explained(client):
    for path, node in read(client, "schema/")["paths"].items():
        operation = node["get"]
        assert set(node) == {"get"}, path
        assert operation["description"], path
        assert all(one.get("description") for one in operation["parameters"] if one["in"] == "query"), path
        answer = operation["responses"]["200"]["content"]["application/json"]
        assert "examples" in answer or path in (ROOT, f"{ROOT}schema/"), path
        assert {"400", "401", "404", "406", "429"} <= set(operation["responses"]), path


def test_the_page_tells_every_address_in_either_language_and_sets_no_cookie(client):
    for language, word in (("en", "Forums"), ("zh-hans", "论坛")):
        response = client.get(f"{ROOT}docs/?lang={language}")
        page = response.content.decode()
        assert word in page
        assert all(path in page for path in schema()["paths"])
        assert f'href="{ROOT}docs/?lang=' in page
        assert not response.cookies
        assert response.headers["Content-Language"] == language


def test_the_page_is_kept_like_a_public_page_and_needs_no_script_of_its_own(client):
    response = client.get(f"{ROOT}docs/")
    assert response.wsgi_request.META["portal.public_page"]
    assert response.content.decode().count("<script") == 1  # the site's own


def test_what_is_said_of_a_list_is_not_repeated_for_its_records(client):
    page = client.get(f"{ROOT}docs/").content.decode()
    assert page.count("<code>registration_deadline</code>") == 1
    assert "<code>organisers.name</code>" in page
    assert "`" not in page
