"""Nothing stale is served once a change has returned, and without a readable epoch nothing is kept."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from portal.core.models import Epoch
from portal.core.pagecache import PageCache, content_changed, repair_epoch
from portal.core.pagecache.epoch import place, read_epoch
from portal.core.pagecache.marks import PUBLIC
from tests.core.pagecache.site import Site, change, change_and_fail

pytestmark = pytest.mark.urls("tests.core.pagecache.site")


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
