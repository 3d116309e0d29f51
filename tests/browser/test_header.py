"""The head of every page: two lines on a phone, a menu that needs no script, a search from everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.processes import web_server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWO_LINES = 125  # pixels, with the rules around them
LINKS = ("Home", "Programme", "Forums", "Results", "About", "My portal")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    with web_server(tmp_path) as base:
        yield base


def test_the_menu_opens_and_closes_on_a_phone_without_javascript(base, open_context, strangers):
    page = open_context(PHONE, java_script_enabled=False).new_page()
    page.goto(f"{base}/en/contact/")
    assert page.locator("header").bounding_box()["height"] <= TWO_LINES
    menu = page.locator("#nav")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    for link in LINKS:
        expect(menu.get_by_role("link", name=link, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("button", name="Close the menu").click()
    expect(menu).to_be_hidden()
    assert strangers == []


def test_on_a_desk_the_menu_stands_open(base, open_context):
    page = open_context(DESKTOP, java_script_enabled=False).new_page()
    page.goto(f"{base}/en/forums/")
    for link in LINKS:
        expect(page.locator("#nav").get_by_role("link", name=link, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()
    expect(page.locator("#nav [aria-current=page]")).to_have_text("Forums")


def test_one_searches_from_every_page(base, open_context):
    page = open_context(PHONE, java_script_enabled=False).new_page()
    page.goto(f"{base}/en/privacy/")
    page.get_by_role("search").get_by_role("searchbox").fill("mangrove")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}/en/search/?q=mangrove")
