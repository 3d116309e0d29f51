"""The cache of public pages: what it keeps, what passes by, and that nothing stale is served after a change."""

import gzip
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path

from portal.core.models import Epoch, TextVersion
from portal.core.pagecache import PageCache, content_changed, public_page, repair_epoch, valid_until
from portal.core.pagecache.entry import make_entry
from portal.core.pagecache.epoch import place, read_epoch
from portal.core.pagecache.marks import PUBLIC
from portal.core.pagecache.store import Key, Store

BOUNDARY = datetime(2026, 6, 1, tzinfo=UTC)


@public_page(parameters=("kind",))
def page(request: HttpRequest) -> HttpResponse:
    title = TextVersion.objects.values_list("title_en", flat=True).get()
    return HttpResponse(f"<p>{title} {request.GET.urlencode()} {request.headers.get('HX-Request', '')}</p>" * 20)


@public_page
def bounded(request: HttpRequest) -> HttpResponse:
    valid_until(request, None)
    valid_until(request, BOUNDARY)
    valid_until(request, BOUNDARY.replace(year=2027))
    return HttpResponse("open")


@public_page
def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("hello")
    response.set_cookie("seen", "1")
    return response


@public_page
def with_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.session.get("name")))


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no", status=404)


@public_page
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse([b"a", b"b"])


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


urlpatterns = [
    path("bare/", page),
    *i18n_patterns(
        path("page/", page),
        path("bounded/", bounded),
        path("cookie/", with_cookie),
        path("session/", with_session),
        path("missing/", missing),
        path("streamed/", streamed),
        path("private/", private),
    ),
]
pytestmark = pytest.mark.urls(__name__)


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.body = int(status[:3]), body
        self.headers = {name.lower(): value for name, value in headers}


class Site:
    """A browser for a WSGI application. ``rendered`` counts the requests that reached Django."""

    def __init__(self) -> None:
        self.rendered = 0
        self.language = "/en"
        self.now = datetime(2026, 5, 1, tzinfo=UTC).timestamp()
        self.handler = WSGIHandler()
        self.cache = PageCache(self.count, clock=lambda: self.now)

    def count(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.rendered += 1
        return self.handler(environ, start_response)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        request = RequestFactory(headers={name.replace("_", "-"): value for name, value in headers.items()})
        environ = request.generic(method, self.language + address).environ
        kept: list[Any] = []
        body = self.cache(environ, lambda *args: kept.extend(args))
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
        return Answer(kept[0], kept[1], content)


@pytest.fixture
def text(transactional_db) -> TextVersion:
    repair_epoch()
    return TextVersion.objects.create(code="notice", version="1", title_en="First", title_zh_hans="第一")


@pytest.fixture
def site(text) -> Site:
    return Site()


def change(text: TextVersion, title: str) -> None:
    with transaction.atomic():
        text.title_en = title
        text.save(update_fields=["title_en"])
        content_changed()


def change_and_fail() -> None:
    with suppress(RuntimeError), transaction.atomic():
        content_changed()
        raise RuntimeError


def test_a_public_page_is_rendered_once(site) -> None:
    first, second = site.ask("/page/"), site.ask("/page/")
    assert (first.status, first.body, site.rendered) == (200, second.body, 1)


def test_no_stale_page_is_served_after_the_change_returned(site, text) -> None:
    for number in range(5):
        change(text, f"Title {number}")
        assert f"Title {number}".encode() in site.ask("/page/").body
        assert f"Title {number}".encode() in site.ask("/page/").body
    assert site.rendered == 5


def test_a_page_rendered_while_a_change_commits_is_not_served_later(text) -> None:
    """The reader has read the old title when the change commits, and is ready only after it."""
    has_read, may_finish = threading.Event(), threading.Event()
    title = ["old"]

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = title[0].encode()
        has_read.set()
        assert may_finish.wait(10)
        environ[PUBLIC] = True
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]

    site = Site()
    site.cache = PageCache(slow)
    with ThreadPoolExecutor(1) as pool:
        early = pool.submit(site.ask, "/page/")
        assert has_read.wait(10)
        title[0] = "new"
        content_changed()
        may_finish.set()
        assert early.result().body == b"old"
    assert site.ask("/page/").body == b"new"


def test_threads_never_see_an_older_title_than_the_last_change_that_returned(site) -> None:
    title, returned, worst = [0], [0], []

    def show(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = str(title[0]).encode()
        environ[PUBLIC] = True
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    site.cache = PageCache(show)
    stop = threading.Event()

    def read() -> int:
        count = 0
        while not stop.is_set():
            floor = returned[0]
            seen = int(site.ask("/page/").body)
            if seen < floor:
                worst.append((floor, seen))
            count += 1
        return count

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for number in range(1, 101):
            title[0] = number
            content_changed()
            returned[0] = number
        stop.set()
        assert all(reader.result() > 0 for reader in readers)
    assert worst == []


def test_a_change_that_is_rolled_back_leaves_the_cache_alone(site, text) -> None:
    site.ask("/page/")
    before = read_epoch()
    change_and_fail()
    assert read_epoch() == before
    assert Epoch.objects.count() == 1


def test_several_changes_of_one_transaction_are_announced_once(text) -> None:
    with transaction.atomic():
        content_changed()
        with transaction.atomic():
            content_changed()
    assert Epoch.objects.count() == 2


def test_a_change_after_a_rolled_back_savepoint_is_still_announced(text) -> None:
    before = read_epoch()
    with transaction.atomic():
        change_and_fail()
        content_changed()
    assert read_epoch() != before


def test_repair_finds_a_change_that_was_committed_but_not_announced(site, text) -> None:
    site.ask("/page/")
    Epoch.objects.create(value="committed and killed")
    assert repair_epoch() is True
    site.ask("/page/")
    assert site.rendered == 2
    assert repair_epoch() is False


def test_repair_restores_a_lost_value_outside(site, settings) -> None:
    Path(settings.EPOCH_URL.removeprefix("file://")).unlink()
    assert repair_epoch() is True
    assert read_epoch() == Epoch.objects.get().value


def test_repair_never_uses_a_value_again(text) -> None:
    seen = {read_epoch()}
    for _ in range(5):
        Epoch.objects.create(value="lost")
        repair_epoch()
        seen.add(read_epoch())
    assert len(seen) == 6


def test_an_unreadable_epoch_means_no_caching(site, settings) -> None:
    site.ask("/page/")
    settings.EPOCH_URL = "file:///proc/nowhere/epoch"
    site.ask("/page/")
    site.ask("/page/")
    assert site.rendered == 3


def test_an_epoch_that_cannot_be_written_does_not_break_the_change(text, settings, caplog) -> None:
    settings.EPOCH_URL = "file:///proc/nowhere/epoch"
    change(text, "Second")
    assert "core.repair_epoch will do it" in caplog.text


def test_a_redis_that_does_not_answer_means_no_caching_and_no_error(site, text, settings) -> None:
    settings.EPOCH_URL = "redis://127.0.0.1:1/0"
    change(text, "Second")
    assert site.ask("/page/").status == 200
    site.ask("/page/")
    assert site.rendered == 2


def test_the_cache_can_be_switched_off(site, settings) -> None:
    settings.EPOCH_URL = "off://"
    site.ask("/page/")
    site.ask("/page/")
    assert site.rendered == 2


@pytest.mark.server
def test_the_epoch_may_live_in_redis(site, text, settings) -> None:
    settings.EPOCH_URL = settings.REDIS_URL
    change(text, "Second")
    assert b"Second" in site.ask("/page/").body
    assert b"Second" in site.ask("/page/").body
    assert site.rendered == 1
    change(text, "Third")
    assert b"Third" in site.ask("/page/").body
    place(settings.REDIS_URL).client.delete("portal:epoch")
    site.ask("/page/")
    assert site.rendered == 3


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


def test_the_store_is_bounded_and_drops_what_was_not_used_for_longest() -> None:
    store = Store(max_bytes=3 * 1124)
    keys = [Key(False, "host", f"/{number}/", "", False) for number in range(4)]
    for key in keys[:3]:
        store.put(key, make_entry([], b"x" * 100, epoch="e", until=9))
    assert store.get(keys[0], epoch="e", now=1)
    store.put(keys[3], make_entry([], b"x" * 100, epoch="e", until=9))
    assert [bool(store.get(key, epoch="e", now=1)) for key in keys] == [True, False, True, True]
    store.put(keys[1], make_entry([], b"x" * 9000, epoch="e", until=9))
    assert (len(store), store.bytes) == (3, 3 * 1124)


def test_an_entry_of_another_epoch_is_dropped_when_it_is_met() -> None:
    store = Store()
    key = Key(False, "host", "/", "", False)
    store.put(key, make_entry([], b"x", epoch="old", until=9))
    assert store.get(key, epoch="new", now=1) is None
    assert (len(store), store.bytes) == (0, 0)
