"""The home page: three doors, the next events, the latest results, the strands; small, quick, and without a cookie."""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from forums.enums import EventStatus
from portal.core.pagecache.marks import UNTIL
from tests.factories import EventFactory
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "static"
QUERIES = 6


def page_of(client, language: str = "en") -> str:
    return client.get(f"/{language}/").content.decode()


def fill(rows: int) -> None:
    for number in range(rows):
        EventFactory()
        EventFactory(status=EventStatus.HELD, start_day=date(2025, 10, 21))
        DocumentFactory(is_public=True, day=date(2025, 1, number + 1))
        ProgrammeStrandFactory(is_public=True)


def test_it_shows_what_is_coming_what_came_of_it_and_the_strands(client):
    EventFactory(title_en="Coming workshop")
    EventFactory(title_en="Held forum", status=EventStatus.HELD, start_day=date(2025, 10, 21))
    DocumentFactory(title_en="Published report", is_public=True)
    DocumentFactory(title_en="Report in draft")
    ProgrammeStrandFactory(name_en="Public strand", is_public=True)
    ProgrammeStrandFactory(name_en="Strand in draft")
    page = page_of(client)
    for shown in ("Coming workshop", "Held forum", "Published report", "Public strand"):
        assert shown in page
    assert "in draft" not in page


def test_strategies_are_results_and_a_vision_is_not(client):
    MandateFactory(name_en="Strategy 2021-2025", kind="strategy", is_public=True)
    MandateFactory(name_en="Vision 2030", kind="vision", is_public=True)
    page = page_of(client)
    assert "Strategy 2021-2025" in page
    assert "Vision 2030" not in page


def test_a_result_without_a_text_in_the_readers_language_says_so(client):
    DocumentFactory(title_en="Only in English", title_zh_hans="", is_public=True)
    assert '<h3 lang="en">' in page_of(client, "zh-hans")


def test_every_part_says_when_it_is_empty_and_leads_on(client):
    page = page_of(client)
    assert page.count('class="empty') == 3
    assert len(re.findall(r'class="empty.*?<a href="/en/', page, re.DOTALL)) == 3


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_link_of_the_page_is_dead(client, language):
    fill(1)
    for address in set(re.findall(r'<a[^>]* href="(/[^"]*)"', page_of(client, language))):
        assert client.get(address).status_code in (200, 302), address


def test_the_same_queries_for_one_and_three_of_each(client, django_assert_num_queries):
    for rows in (1, 2):
        fill(rows)
        with django_assert_num_queries(QUERIES):
            assert client.get("/en/").status_code == 200


def test_it_is_kept_until_something_appears(client):
    soon = timezone.now() + timedelta(minutes=5)
    DocumentFactory(title_en="In five minutes", is_public=True, publish_at=soon)
    response = client.get("/en/")
    assert "In five minutes" not in response.content.decode()
    assert response.wsgi_request.META[UNTIL] == pytest.approx(soon.timestamp())


def test_it_is_small_and_asks_for_little(client):
    """Page, style sheet, one picture and the sign in the browser's tab: 4 requests, 40 kB at most."""
    fill(9)
    page = page_of(client)
    asked = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))
    asked |= set(re.findall(r'url\("([^"]+)"\)', (STATIC / "site.css").read_text()))
    assert asked == {"site.css", "brand/lines.svg", "brand/mark.svg"}
    sent = [page.encode(), *((STATIC / name).read_bytes() for name in asked)]
    assert sum(len(gzip.compress(part)) for part in sent) < 40_000


def test_public_pages_set_no_cookie(client):
    EventFactory(slug="open-workshop")
    for address in ("", "forums/", "forums/open-workshop/", "contact/", "privacy/", "nowhere/"):
        assert not client.get(f"/en/{address}").cookies, address


def test_filing_numbers_stand_in_the_footer_only_when_set(client, settings):
    assert "beian" not in page_of(client)
    settings.SITE_FILING_ICP = "京ICP备12345678号"
    page = page_of(client)
    assert "京ICP备12345678号" in page
    assert 'href="https://beian.miit.gov.cn/"' in page
    assert "beian.mps" not in page


def test_the_footer_leads_programs_to_the_api(client):
    assert 'href="/api/v1/docs/"' in page_of(client)
    assert client.get("/api/v1/docs/").status_code == 200
