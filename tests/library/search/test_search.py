"""What a query finds and in what order; what it must never do."""

import time
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.library.models import CatalogueItem
from portal.library.querysets import CatalogueQuerySet
from portal.library.search.encoding import pieces
from portal.library.search.query import search
from portal.library.search.suggesting import slips
from tests.library.search.catalogue import SHARED, fill_catalogue, found, slug_of
from tests.library_factories import DocumentFactory

pytestmark = pytest.mark.django_db

HOSTILE = [
    "a" * 10_000,
    "红" * 10_000,
    "word " * 2_000,
    "'\"" * 5_000,
    "\"*^:()-+'{}[]<>|&!~\\%_",
    "NEAR(a b) OR NOT AND",
    "title : mangrove",
    "mangrove* OR 1=1",
    "'; DROP TABLE library_catalogueitem; --",
    "' & !'",
    "<->",
    "a:*B",
    "%",
    "\x00",
    "man\x00grove",
    "\ud800",
    "\u0301" * 500,
    "\u200b",
    "%s %(name)s {0}",
]


@pytest.fixture
def public() -> CatalogueQuerySet:
    return CatalogueItem.objects.public()


def document(slug: str, title: str, **values: object) -> None:
    DocumentFactory(slug=slug, title_en=title, title_zh_hans="", languages=[], is_public=True, **values)


def test_what_bears_the_query_as_its_title_comes_first_then_by_where_the_words_are() -> None:
    document("apart", "Coral of every reef", day=date(2024, 1, 9))
    document("elsewhere", "Sea", authors="Reef", summary_en="coral", day=date(2024, 1, 8))
    document("within", "The coral reef today", day=date(2020, 1, 1))
    document("whole", "Coral reefs", day=date(2019, 1, 1))
    document("one", "Coral", day=date(2024, 1, 10))
    document("summary", "Coral of the sea", summary_en="A reef", day=date(2024, 1, 11))
    assert found("coral reef") == ["whole", "within", "apart", "summary", "elsewhere"]


def test_the_latest_comes_first_and_what_has_no_date_last() -> None:
    for slug, day in (("old", date(2019, 1, 1)), ("none", None), ("new", date(2024, 1, 1)), ("later", None)):
        document(slug, f"Coral {slug}", day=day)
    assert found("coral") == ["new", "old", "later", "none"]


def test_every_word_must_occur_and_small_words_need_not() -> None:
    document("reef", "Coral reefs")
    assert found("coral mangrove") == []
    assert found("the coral and the reef") == ["reef"]
    assert found("of") == []


def test_short_words_and_numbers_are_taken_whole() -> None:
    document("reef", "Coral 2024 on air")
    assert found("cor") == found("air") == found("on") == found("2024") == ["reef"]
    assert found("co") == found("202") == []


def test_the_characters_of_a_run_must_stand_together() -> None:
    document("apart", "红树和树林")
    document("together", "红树林")
    assert found("红树林") == ["together"]


@pytest.mark.parametrize("title", ["Air of Viet Nam", "Vietnam air", "Hà Nội và Việt Nam"])
@pytest.mark.parametrize("query", ["vietnam", "Viet Nam", "Việt Nam", "VIETNAM"])
def test_a_name_is_found_as_one_word_and_as_two(title: str, query: str) -> None:
    document("air", title)
    assert found(query) == ["air"]


def test_a_filtered_list_stays_filtered(public) -> None:
    document("old", "Coral", day=date(2019, 1, 1))
    document("new", "Coral", day=date(2024, 1, 1))
    DocumentFactory(title_en="Coral draft")
    only = public.filter(year=2019, kind__in=["document"]).distinct()
    assert [slug_of(item) for item in search("coral", only).items] == ["old"]
    assert search("coral", only).items.count() == 1


def test_a_page_of_hits_is_one_query_and_their_number_another(public, django_assert_num_queries) -> None:
    for rows in (1, 3):
        for number in range(rows):
            document(f"{rows}-{number}", "Coral 珊瑚礁")
        result = search("coral 珊瑚礁", public)
        with django_assert_num_queries(2):
            list(result.items[:20])
            result.items.count()


def test_a_query_with_nothing_to_look_for_says_so(public, django_assert_num_queries) -> None:
    document("reef", "Coral")
    for text in ("", "   ", "*", "…!?", "\x00"):
        result = search(text, public)
        with django_assert_num_queries(0):
            assert (result.is_empty_query, result.terms, list(result.items), result.suggestion) == (True, [], [], "")
    assert not search("coral", public).is_empty_query


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_answered_in_normal_time(public, text: str) -> None:
    document("mangrove", "Mangrove reefs")
    begun = time.monotonic()
    result = search(text, public)
    answer = (list(result.items), result.items.count(), result.suggestion)
    assert time.monotonic() - begun < 2
    assert answer[1] == len(answer[0])


def test_operators_are_words_like_others() -> None:
    document("reef", "Coral")
    assert found("coral OR mangrove") == found("coral NOT coral") == found("NOT mangrove") == []
    assert found('"coral"') == found("(coral*)") == found("^coral") == ["reef"]
    assert found("title:coral") == []


def test_a_mistyped_word_is_put_right_when_nothing_is_found(public) -> None:
    fill_catalogue()
    DocumentFactory(title_en="Secret plan")
    meant = {
        "mangorve": "mangrove",
        "mangrvoes": "mangroves",
        "Biodiversty": "biodiversity",
        "amngrove": "mangrove",
        "mangorve 红树林": "mangrove 红树林",
        "中国东盟 mangorve": "中国东盟 mangrove",
        "中国东盟2024年 forrum": "中国东盟2024年 forum",
        "hazze, monitoring": "haze, monitoring",
        "mangrove": "",
        "mangorve 不存在": "",
        "qqqqqqqq": "",
        "secert": "",
        "mangorve forets mangorve": "mangrove forests mangrove",
    }
    assert {typed: search(typed, public).suggestion for typed in meant} == meant


def test_a_hyphen_that_the_records_do_not_write_is_taken_out(public) -> None:
    document("beach", "Counting microplastic")
    assert search("micro-plastics", public).suggestion == "microplastics"
    assert found("microplastics") == ["beach"]
    assert search("micro-waves", public).suggestion == ""


def test_a_suggestion_costs_a_bounded_number_of_queries(public, django_assert_max_num_queries) -> None:
    document("reef", "Coral mangrove reef")
    with django_assert_max_num_queries(1 + 4 * 3 + 1):
        assert search("corall mangorve reeef qqqq wwww eeee rrrr tttt yyyy", public).suggestion == ""


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("haze", "haze", 0),
        ("hzae", "haze", 1),
        ("hze", "haze", 1),
        ("hazze", "haze", 1),
        ("", "ab", 2),
        ("ab", "cd", 2),
    ],
)
def test_slips_are_counted(one: str, other: str, number: int) -> None:
    assert slips(one, other) == slips(other, one) == number


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
@example('"')
@example("ﷺ ㏕ Ⅷ ǆ ß İ")
def test_no_text_is_an_error(public, text: str) -> None:
    result = search(text, public)
    assert list(result.items) == []
    assert result.suggestion == ""


TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60) | st.sampled_from(
    [title for row in SHARED["items"] for title in row["title"].values()]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TITLES)
def test_everything_is_found_by_each_word_of_its_title(public, title: str) -> None:
    with transaction.atomic():
        document("titled", title)
        for word in [title, *title.split(), *(piece.text for piece in pieces(title))]:
            assert "titled" in found(word) or search(word, public).is_empty_query, word
        transaction.set_rollback(True)
