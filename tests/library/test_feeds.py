"""Feeds of the results, and the map of the site."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.utils import timezone

from portal.core.pagecache import PageCache, repair_epoch
from portal.library.models import CatalogueItem
from portal.pages.views import sitemap
from tests.factories import CountryFactory
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory, item_for

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed_of(client, path: str = "/feeds/en/results.atom") -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(feed: ET.Element) -> list[str]:
    return [title.text or "" for title in feed.findall("a:entry/a:title", ATOM)]


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_the_feed_takes_the_same_queries_whatever_there_is(client, django_assert_num_queries, rows):
    for _ in range(rows):
        DocumentFactory(is_public=True, countries=[CountryFactory()])
    with django_assert_num_queries(5):
        feed_of(client)


def test_the_feed_has_what_became_public_last_and_fifty_at_most(client):
    for _ in range(51):
        DocumentFactory(is_public=True)
    last = DocumentFactory(is_public=True, title_en="The last", published_at=timezone.now() - timedelta(minutes=1))
    found = titles(feed_of(client))
    assert found[0] == last.title
    assert len(found) == 50


def test_the_feed_is_narrowed_as_the_page_is_and_says_so_itself(client):
    DocumentFactory(is_public=True, title_en="Of Thailand", countries=[CountryFactory()])
    MandateFactory(is_public=True)
    ProgrammeStrandFactory(is_public=True)
    feed = feed_of(client, "/feeds/en/results.atom?country=TH&q=thailand")
    assert titles(feed) == ["Of Thailand"]
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"] == "http://127.0.0.1:8000/feeds/en/results.atom?country=TH&q=thailand"
    assert links["alternate"] == "http://127.0.0.1:8000/en/results/?country=TH&q=thailand"
    assert "feeds/en/results.atom?country=TH" in client.get("/en/results/?country=TH").content.decode()


def test_the_feed_speaks_its_language_whatever_the_reader_prefers(client):
    DocumentFactory(is_public=True, title_en="Report", title_zh_hans="报告")
    DocumentFactory(is_public=True, title_en="Only English", title_zh_hans=None)
    path = "/feeds/zh-hans/results.atom"
    feed = ET.fromstring(client.get(path, headers={"Accept-Language": "en"}).content)
    assert feed.get(LANG) == "zh-Hans"
    said = {entry.findtext("a:title", None, ATOM): entry.get(LANG) for entry in feed.findall("a:entry", ATOM)}
    assert said == {"报告": None, "Only English": "en"}


def test_ids_stay_when_title_and_address_change(client):
    document = DocumentFactory(is_public=True, title_en="Before", slug="before")
    before = feed_of(client).findtext("a:entry/a:id", None, ATOM)
    document.title_en, document.slug = "After", "after"
    document.save()
    item_for(document)
    after = feed_of(client)
    assert titles(after) == ["After"]
    assert after.findtext("a:entry/a:id", None, ATOM) == before
    assert str(before).startswith("urn:uuid:")


def test_text_in_a_feed_is_text(client):
    DocumentFactory(is_public=True, title_en="<b>Mud</b>", summary_en="<script>x</script> & more")
    feed = feed_of(client)
    assert titles(feed) == ["<b>Mud</b>"]
    assert feed.findtext("a:entry/a:summary", None, ATOM) == "&lt;script&gt;x&lt;/script&gt; &amp; more"


@pytest.mark.parametrize(
    "query", ["kind=nothing", "year=1", "theme=nothing", "country=XX", "language=xx", "theme=a%00"]
)
def test_a_feed_of_something_unknown_does_not_exist(client, query):
    assert client.get(f"/feeds/en/results.atom?{query}").status_code == 404
    assert client.get("/feeds/fr/results.atom").status_code == 404


def asked(cache: PageCache, path: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """One request through the page cache, as the server sends it."""
    found: list = []
    environ = RequestFactory().get(path, **{f"HTTP_{name.upper()}": value for name, value in headers.items()}).environ
    body = b"".join(cache(environ, lambda status, headers, _info=None: found.extend([status, dict(headers)])))
    return found[0], found[1], body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/feeds/en/results.atom", "/sitemap.xml", "/en/results/"])
def test_feed_and_map_are_kept_answer_by_etag_and_are_new_at_once(path):
    repair_epoch()
    document = DocumentFactory(is_public=True, slug="first", title_en="first")
    cache = PageCache(WSGIHandler())
    _status, headers, body = asked(cache, path)
    assert b"first" in body
    status, _headers, _body = asked(cache, path, if_none_match=headers["ETag"], accept_language="zh-hans")
    assert status.startswith("304")
    document.slug = document.title_en = "second"
    document.save()
    item_for(document)
    assert b"second" in asked(cache, path)[2]


def locations(client, path: str = "/sitemap.xml") -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return [place.text or "" for place in ET.fromstring(response.content).iter(f"{{{MAP['m']}}}loc")]


def test_the_map_has_every_public_page_in_both_languages_each_with_the_way_to_the_other(client):
    document = DocumentFactory(is_public=True)
    DocumentFactory(slug="draft")
    found = locations(client)
    for language in ("en", "zh-hans"):
        assert f"http://127.0.0.1:8000/{language}/results/documents/{document.slug}/" in found
        assert f"http://127.0.0.1:8000/{language}/" in found
        assert f"http://127.0.0.1:8000/{language}/forums/" in found
    assert not any("draft" in place for place in found)
    page = ET.fromstring(client.get("/sitemap.xml").content)
    for url in page.findall("m:url", MAP):
        assert [link.get("hreflang") for link in url.findall("x:link", MAP)] == ["en", "zh-hans"]


def test_every_page_of_the_map_is_there(client):
    for factory in (DocumentFactory, MandateFactory, ProgrammeStrandFactory):
        factory(is_public=True)
    for place in locations(client):
        assert client.get(place.removeprefix("http://127.0.0.1:8000")).status_code == 200, place


@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_takes_the_same_queries_for_one_and_three_things(client, django_assert_num_queries, rows):
    for _ in range(rows):
        DocumentFactory(is_public=True)
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")


def test_a_map_too_big_for_one_file_is_an_index_of_parts(client, monkeypatch):
    monkeypatch.setattr(sitemap, "URLS_PER_PART", 4)
    for _ in range(3):
        DocumentFactory(is_public=True)
    parts = locations(client)
    assert parts == ["http://127.0.0.1:8000/sitemap-1.xml", "http://127.0.0.1:8000/sitemap-2.xml"]
    found = [place for number in (1, 2) for place in locations(client, f"/sitemap-{number}.xml")]
    addresses = CatalogueItem.objects.values_list("address", flat=True)
    assert {f"http://127.0.0.1:8000/en/{address}" for address in addresses} <= set(found)
    assert len(found) == len(set(found))
    assert client.get("/sitemap-3.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_search_engines_are_told_of_the_map_and_kept_from_previews(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines
    assert "Disallow: /*/preview/" in lines
