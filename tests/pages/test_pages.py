"""Home, contact, privacy notice, and the pages for when something is wrong."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import TextVersion
from portal.pages.services.content import PRIVACY_NOTICE, load_texts
from portal.pages.views.errors import bad_request, server_error

pytestmark = pytest.mark.django_db
PAGES = ["", "about/", "contact/", "privacy/", "programme/", "me/", "forums/"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_both_languages(client, language, page):
    load_texts()
    response = client.get(f"/{language}/{page}")
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in text
    assert text.count("<h1") == 1
    assert "style=" not in text
    assert "<script>" not in text


@pytest.mark.parametrize("page", [page for page in PAGES if page != "me/"])
def test_every_page_says_of_itself_what_it_is_and_where(client, page):
    text = client.get(f"/en/{page}?utm_source=x").content.decode()
    assert text.count(f'<link rel="canonical" href="http://127.0.0.1:8000/en/{page}">') == 1
    assert text.count('<meta name="description"') == text.count('<meta property="og:title"') == 1


def test_the_other_language_keeps_the_page_and_only_the_parameters_we_know(client):
    page = client.get("/en/forums/?when=past&utm_campaign=x&evil=1").content.decode()
    assert 'href="/zh-hans/forums/?when=past"' in page
    assert "evil" not in page


def test_the_contact_page_names_the_role_mailbox(client, settings):
    page = client.get("/en/contact/").content.decode()
    assert f"mailto:{settings.OFFICE_EMAIL}" in page
    assert "5 Houyingfang Hutong" in page


def test_loading_the_texts_twice_adds_them_once(client):
    assert load_texts() == 1
    assert load_texts() == 0
    assert TextVersion.objects.get(code=PRIVACY_NOTICE).title_zh_hans == "隐私声明"


def test_a_released_notice_is_not_written_over():
    TextVersion.objects.create(
        code=PRIVACY_NOTICE, version="1.0", title_en="x", body_en="<p>As released</p>", released_at=timezone.now()
    )
    assert load_texts() == 0
    assert TextVersion.objects.get().body_en == "<p>As released</p>"


def test_the_notice_shows_its_version_and_every_earlier_one(client):
    load_texts()
    day = timezone.now() - timedelta(days=900)
    TextVersion.objects.create(
        code=PRIVACY_NOTICE, version="0.9", title_en="Old", title_zh_hans="旧", body_en="Before", released_at=day
    )
    now, before = (client.get(f"/en/privacy/{query}").content.decode() for query in ("", "?version=0.9"))
    assert "Version 1.0 of" in now
    assert "?version=0.9" in now
    assert "This is an earlier version." in before
    assert "Before" in before
    assert client.get("/en/privacy/?version=7").status_code == 404


def test_a_notice_that_is_not_released_yet_is_not_shown(client):
    TextVersion.objects.create(
        code=PRIVACY_NOTICE, version="2", title_en="Next", body_en="x", released_at=timezone.now() + timedelta(days=1)
    )
    assert "has not been released yet" in client.get("/en/privacy/").content.decode()


def test_a_page_that_does_not_exist_says_what_to_do_and_whom_to_write_to(client, settings):
    response = client.get("/zh-hans/nowhere/")
    page = response.content.decode()
    assert response.status_code == 404
    assert settings.OFFICE_EMAIL in page
    assert 'href="/en/"' in page


def test_a_form_without_its_token_is_refused_with_a_page_of_ours(settings):
    response = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "en"})
    assert response.status_code == 403
    assert settings.OFFICE_EMAIL in response.content.decode()


@pytest.mark.parametrize("code", [400, 500])
def test_the_last_pages_need_no_request_and_speak_both_languages(rf, code, settings):
    request = rf.get("/")
    response = bad_request(request, exception=ValueError()) if code == 400 else server_error(request)
    page = response.content.decode()
    assert response.status_code == code
    assert settings.OFFICE_EMAIL in page
    assert "/zh-hans/" in page


def test_search_engines_are_told_to_leave_personal_links_alone(client):
    assert "Disallow: /*/registrations/" in client.get("/robots.txt").content.decode()
