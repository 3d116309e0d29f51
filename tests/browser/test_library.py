"""A partner looks for results on a telephone without JavaScript; a record says of itself what it is."""

import json
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.factories import CountryFactory
from tests.library_factories import DocumentFactory, MandateFactory

HERE = "127.0.0.1"  # not "localhost", which the browser would have to look up
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def url(live_server) -> str:
    return live_server.url.replace("localhost", HERE)


@pytest.fixture
def mud(live_server):
    MandateFactory(is_public=True)
    return DocumentFactory(
        is_public=True,
        title_en="Mud",
        summary_en="</script> & more",
        countries=[CountryFactory()],
        day=date(2024, 5, 6),
    )


def test_results_are_narrowed_without_javascript(open_context, url, strangers, mud):
    context = open_context(PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/en/results/")
    expect(page.locator(".result")).to_have_count(2)
    page.locator(".facets summary").click()
    page.locator(".facets a", has_text="Thailand").click()
    expect(page.locator(".result")).to_have_count(1)
    page.locator("#q").fill("mud")
    page.locator("#q").press("Enter")
    assert page.url.endswith("/en/results/?q=mud&country=TH")
    expect(page.locator("mark")).to_have_text("Mud")
    page.locator(".chips a", has_text="Thailand").click()
    assert page.url.endswith("/en/results/?q=mud")
    assert context.cookies() == []
    assert strangers == []


def test_a_record_says_what_it_is_under_the_content_policy(open_context, url, strangers, mud):
    page = open_context(PHONE).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(url + mud.get_absolute_url())
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert (data["name"], data["description"]) == ("Mud", "& more")
    assert page.locator("html").evaluate("element => element.scrollWidth") == PHONE["width"]
    assert complaints == []
    assert strangers == []
