"""Answers to visitors lie in the page cache, and leave it with the next change."""

import json
from datetime import date

import pytest
from django.db import transaction

from forums.models import Event
from portal.core.pagecache import content_changed, repair_epoch
from tests.core.pagecache.site import Site
from tests.factories import EventFactory


@pytest.fixture
def site(transactional_db) -> Site:
    repair_epoch()
    EventFactory(slug="forum", title_en="Forum", title_zh_hans="论坛", start_day=date(2026, 9, 1))
    site = Site()
    site.language = "/api/v1"
    return site


def title(answer) -> dict[str, str]:
    return json.loads(answer.body)["title"]


def test_a_second_visitor_is_answered_from_memory_and_a_changed_tag_tells_a_change(site):
    tag = site.ask("/events/").headers["etag"]
    assert site.ask("/events/", If_None_Match=tag).status == 304
    assert site.rendered == 1
    with transaction.atomic():
        Event.objects.update(title_en="Another forum")
        content_changed()
    assert site.ask("/events/", If_None_Match=tag).status == 200


def test_each_language_is_kept_apart(site):
    for _again in range(2):
        assert title(site.ask("/events/forum/", Accept_Language="zh-CN,zh")) == {"zh-hans": "论坛"}
        assert title(site.ask("/events/forum/", Accept_Language="en-GB")) == {"en": "Forum"}
        assert title(site.ask("/events/forum/")) == {"en": "Forum"}
        assert title(site.ask("/events/forum/?lang=zh-hans")) == {"zh-hans": "论坛"}
    assert site.rendered == 3


def test_a_day_named_from_is_no_word_of_a_messenger(site):
    assert json.loads(site.ask("/events/").body)["count"] == 1
    assert json.loads(site.ask("/events/?from=2026-12-01").body)["count"] == 0
    assert json.loads(site.ask("/events/?from=2026-12-01").body)["count"] == 0
    assert site.rendered == 2


def test_what_a_page_would_overlook_is_refused_here_though_the_list_is_kept(site):
    site.ask("/events/")
    assert site.ask("/events/?utm_source=mail").status == 400
    assert site.ask("/events/", Accept="application/xml").status == 406


def test_whoever_brings_a_token_passes_by(site):
    site.ask("/events/")
    assert site.ask("/events/", Authorization="Bearer nothing").status == 401


def test_without_the_cache_an_unchanged_answer_is_304_as_well(client, db):
    tag = client.get("/api/v1/events/").headers["ETag"]
    assert client.get("/api/v1/events/", headers={"if-none-match": tag}).status_code == 304
    EventFactory()
    assert client.get("/api/v1/events/", headers={"if-none-match": tag}).status_code == 200
