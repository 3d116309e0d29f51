"""What the cache of public pages keeps, what passes by, and what the browser gets."""

import gzip

import brotli
import pytest

from portal.core.pagecache import content_changed
from tests.core.pagecache.site import BOUNDARY, change

pytestmark = pytest.mark.urls("tests.core.pagecache.site")


def test_a_public_page_is_rendered_once(site) -> None:
    first, second = site.ask("/page/"), site.ask("/page/")
    assert (first.status, first.body, site.rendered) == (200, second.body, 1)


def test_an_entry_ends_at_the_earliest_boundary_its_view_declares(site) -> None:
    site.now = BOUNDARY.timestamp() - 1
    site.ask("/bounded/")
    site.ask("/bounded/")
    assert site.rendered == 1
    site.now = BOUNDARY.timestamp()
    site.ask("/bounded/")
    site.ask("/bounded/")
    assert site.rendered == 3  # the boundary is past and the view declares no later one: nothing to keep


def test_an_entry_without_a_boundary_ends_after_a_quarter_of_an_hour(site) -> None:
    site.ask("/page/")
    site.now += 15 * 60 - 1
    site.ask("/page/")
    assert site.rendered == 1
    site.now += 1
    site.ask("/page/")
    assert site.rendered == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=abc"},
        {"Cookie": "csrftoken=x; sessionid=abc"},
        {"Cookie": "messages=hello"},
        {"Authorization": "Bearer x"},
    ],
)
def test_a_known_visitor_passes_by(site, headers) -> None:
    site.ask("/page/")
    site.ask("/page/", **headers)
    site.ask("/page/", **headers)
    assert site.rendered == 3


def test_other_cookies_do_not_matter(site) -> None:
    site.ask("/page/")
    site.ask("/page/", Cookie="csrftoken=x")
    assert site.rendered == 1


@pytest.mark.parametrize("address", ["/private/", "/cookie/", "/session/", "/missing/", "/streamed/", "/nowhere/"])
def test_what_is_not_a_plain_public_page_is_never_kept(site, address) -> None:
    site.ask(address)
    site.ask(address)
    assert site.rendered == 2


def test_a_page_whose_language_depends_on_the_browser_is_never_kept(site) -> None:
    site.language = ""
    assert "Accept-Language" in site.ask("/bare/").headers["vary"]
    site.ask("/bare/")
    assert site.rendered == 2


def test_a_post_passes_by(site) -> None:
    site.ask("/page/")
    site.ask("/page/", "POST")
    assert site.rendered == 2


def test_head_is_answered_from_the_page_without_its_body(site) -> None:
    whole = site.ask("/page/")
    head = site.ask("/page/", "HEAD")
    assert (head.status, head.body, site.rendered) == (200, b"", 1)
    assert head.headers == whole.headers


def test_head_alone_keeps_nothing(site) -> None:
    site.ask("/page/", "HEAD")
    site.ask("/page/")
    assert site.rendered == 2


def test_a_page_that_has_not_changed_answers_304(site, text) -> None:
    etag = site.ask("/page/").headers["etag"]
    for offer in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = site.ask("/page/", If_None_Match=offer)
        assert (again.status, again.body) == (304, b"")
        assert (again.headers["etag"], "content-length" in again.headers) == (etag, False)
    change(text, "Second")
    assert site.ask("/page/", If_None_Match=etag).status == 200


def test_a_page_that_is_rendered_anew_but_says_the_same_answers_304(site) -> None:
    etag = site.ask("/page/").headers["etag"]
    content_changed()
    assert (site.ask("/page/", If_None_Match=etag).status, site.rendered) == (304, 2)


def test_bodies_are_sent_in_the_best_encoding_the_browser_takes(site) -> None:
    plain = site.ask("/page/")
    zipped = site.ask("/page/", Accept_Encoding="gzip, deflate")
    best = site.ask("/page/", Accept_Encoding="gzip, deflate, br")
    refused = site.ask("/page/", Accept_Encoding="br;q=0, gzip;q=0.5")
    assert (gzip.decompress(zipped.body), brotli.decompress(best.body)) == (plain.body, plain.body)
    assert [a.headers.get("content-encoding") for a in (plain, zipped, best, refused)] == [None, "gzip", "br", "gzip"]
    assert len({a.headers["etag"] for a in (plain, zipped, best)}) == 3
    assert int(best.headers["content-length"]) == len(best.body) < len(plain.body)
    assert site.rendered == 1


def test_browsers_ask_again_each_time_and_know_what_varies(site) -> None:
    headers = site.ask("/page/").headers
    assert headers["cache-control"] == "no-cache"
    assert headers["vary"] == "HX-Request, Accept-Encoding"


def test_declared_parameters_make_another_page_in_any_order(site) -> None:
    first = site.ask("/page/?kind=a&page=2")
    assert site.ask("/page/?page=2&kind=a").body == first.body
    assert site.rendered == 1
    assert site.ask("/page/?kind=b&page=2").body != first.body


def test_parameters_that_no_view_declared_pass_by(site) -> None:
    site.ask("/page/?surprise=1")
    site.ask("/page/?surprise=1")
    assert site.rendered == 2


def test_what_messengers_add_to_links_is_answered_from_the_page_but_never_kept(site) -> None:
    odd = site.ask("/page/?from=singlemessage")
    plain = site.ask("/page/")
    assert b"singlemessage" in odd.body
    assert b"singlemessage" not in plain.body
    assert site.ask("/page/?from=singlemessage").body == plain.body
    assert site.rendered == 2


def test_hosts_and_fragments_are_kept_apart(site, settings) -> None:
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    site.ask("/page/", Host="a.example")
    site.ask("/page/", Host="b.example")
    part = site.ask("/page/", Host="a.example", HX_Request="true")
    whole = site.ask("/page/", Host="a.example", HX_Request="true", HX_History_Restore_Request="true")
    assert part.body != whole.body
    assert site.rendered == 3


def test_a_page_is_not_served_to_a_request_that_must_be_redirected_to_https(site, settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site.ask("/page/", X_Forwarded_Proto="https")
    site.ask("/page/", X_Forwarded_Proto="http")
    site.ask("/page/", X_Forwarded_Proto="https")
    assert site.rendered == 2
