"""axe finds nothing, nothing runs over an edge and no other host is asked: every kind of page, small and large, in
both languages, light and dark. With SHOTS=folder each is kept as a picture to look at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import record_authentication
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from portal.accounts.models import User
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.looks import Look, build
from tests.processes import web_server

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
SIZES = (PHONE, DESKTOP)
# Light and dark differ in colours alone, so in the dark the rule about them is enough.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
LAST_PAGES = ("400.html", "500.html")


@pytest.fixture
def people(delegate: User, superuser: User) -> dict[str, User]:
    return {"delegate": delegate, "superuser": superuser}


class Eye:
    """Looks at pages and notes what is wrong with them."""

    def __init__(self, base: str, shot: Callable[[Page, str], None]) -> None:
        self.base, self.shot, self.axe = base, shot, Axe()
        self.faults: list[str] = []

    def walk(self, page: Page, looks: list[Look], language: str) -> None:
        for look in looks:
            path = look.path if look.path.startswith("/") else f"/{language}/{look.path}"
            page.goto(self.base + path)
            if look.press:
                page.locator(look.press).first.click()
            self.look(page, f"{look.name}-{language}", look.part)

    def look(self, page: Page, name: str, part: str = "") -> None:
        for size in SIZES:
            page.set_viewport_size(size)
            for scheme, options in RULES.items():
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                self.judge(page, f"{name}-{size['width']}-{scheme}", part, options)

    def judge(self, page: Page, name: str, part: str, options: dict) -> None:
        self.shot(page, name)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            self.faults.append(f"{name}: {over} px over the edge")
        options = {"resultTypes": ["violations"], **options}
        found = self.axe.run(page, context=part or None, options=options).response["violations"]
        for fault in found:
            places = ", ".join(str(node["target"]) for node in fault["nodes"][:3])
            self.faults.append(f"{name}: {fault['id']}: {places}")


@pytest.fixture
def eye(tmp_path: Path, shot: Callable[[Page, str], None]) -> Iterator[Eye]:
    with web_server(tmp_path) as base:
        yield Eye(base, shot)


def signed_in(context: BrowserContext, base: str, user: User) -> BrowserContext:
    client = Client()
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "mfa", passwordless=True)  # as with a passkey
    request.session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": base}])
    return context


def last_pages(eye: Eye, page: Page) -> None:
    """The pages for when nothing can be relied on."""
    for name in LAST_PAGES:
        page.goto(eye.base + "/en/contact/")  # so that the address of the style sheet holds
        page.set_content(
            render_to_string(name, {"static_url": "/static/", "base_url": "", "office_email": "a@b.example"})
        )
        eye.look(page, name.removesuffix(".html"))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_can_be_read_by_everybody(eye, language, people, open_context, strangers):
    plain = open_context(DESKTOP)
    eye.walk(plain.new_page(), [Look("home-empty", "")], language)
    looks = build(people["delegate"], people["superuser"])
    contexts = {"": plain} | {who: signed_in(open_context(DESKTOP), eye.base, user) for who, user in people.items()}
    for who, context in contexts.items():
        eye.walk(context.new_page(), [look for look in looks if look.who == who], language)
    if language == "en":
        last_pages(eye, plain.new_page())
    assert eye.faults == []
    assert strangers == []
