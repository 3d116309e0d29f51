"""The parts of the frame that each process writes once: they know the place of the page, and nobody who reads it."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from portal.core.templatetags.portal import whereabouts
from tests.factories import EventFactory

FORUMS = '<a href="/en/forums/"'


def header(path: str, language: str = "en") -> str:
    request = RequestFactory().get(path)
    request.resolver_match = None
    with translation.override(language):
        return " ".join(render_to_string("partials/header.html", {"languages": []}, request).split())


def test_the_navigation_tells_the_page_itself_from_what_lies_below_it():
    assert f'{FORUMS} aria-current="page">' in header("/en/forums/")
    assert f'{FORUMS} aria-current="true">' in header("/en/forums/one/")
    assert f'{FORUMS} aria-current="true">' in header("/en/forums/another/programme/")
    assert f"{FORUMS} >" in header("/en/results/")
    assert header("/en/results/") != header("/en/results/documents/report/")


def test_each_language_has_its_own_frame():
    assert "Forums" in header("/en/about/")
    assert "Forums" not in header("/zh-hans/about/", "zh-hans")
    assert "Forums" in header("/en/about/")


def test_a_changed_setting_is_seen_at_once(settings):
    assert "Office of the test" not in header("/en/about/")
    settings.OFFICE_NAMES = {"en": "Office of the test", "zh-hans": "测试"}
    assert "Office of the test" in header("/en/about/")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/en/", "/en/"),
        ("/en/forums/", "/en/forums/"),
        ("/en/forums/one/", "/en/forums/-"),
        ("/en/forums/one/programme/", "/en/forums/-"),
        ("/me", "/me"),
    ],
)
def test_a_place_has_two_parts_at_most(path, place):
    assert whereabouts(path) == place


@pytest.mark.django_db
def test_the_same_page_in_the_other_language_keeps_what_was_declared(client):
    event = EventFactory()
    page = client.get(f"/en/forums/{event.slug}/").content.decode()
    assert f'href="/zh-hans/forums/{event.slug}/"' in page
    page = client.get("/en/results/", {"q": "mangrove", "utm_x": "1"}).content.decode()
    assert 'href="/zh-hans/results/?q=mangrove"' in page


@pytest.mark.django_db
def test_who_is_signed_in_gets_the_frame_of_everybody(client, admin_user):
    before = client.get("/en/contact/").content
    client.force_login(admin_user)
    assert client.get("/en/contact/").content == before
