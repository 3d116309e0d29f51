"""Chromium from Debian, driven by Playwright."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright keeps an event loop in this thread; the test's own queries beside it are synchronous and safe.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # beside the loop Django has opened connections that nobody else sees


@pytest.fixture
def strangers() -> list[str]:
    """Addresses asked for outside the portal; every test expects none."""
    return []


@pytest.fixture
def open_context(browser: Browser, strangers: list[str]) -> Callable[..., BrowserContext]:
    """A new person at a new device: no cookies, own screen. Asking another host is noted."""

    def open_context(viewport: dict[str, int], **options: object) -> BrowserContext:
        context = browser.new_context(viewport=viewport, **options)
        context.on("request", lambda request: _note(request.url, strangers))
        return context

    return open_context


def _note(url: str, strangers: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1", "data:", "blob:")):
        strangers.append(url)


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keep a picture of a page in the folder that SHOTS names, for people to look at."""
    folder = os.environ.get("SHOTS", "")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take
