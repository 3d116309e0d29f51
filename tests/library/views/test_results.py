"""The results with their facets."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.core.pagecache.marks import UNTIL
from portal.library.enums import Adoption, PublishingStatus
from portal.library.models import Document
from portal.library.views.results import results
from tests.factories import CountryFactory
from tests.library_factories import (
    DocumentFactory,
    MandateFactory,
    ProgrammeStrandFactory,
    ThemeFactory,
    item_for,
)

pytestmark = pytest.mark.django_db
# Facets, themes, the rows with covers, texts, languages and countries, the next change.
QUERIES = 7


def page_of(client, path: str = "/en/results/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def numbers(client, path: str, facet: str) -> dict[str, int]:
    """The options of a facet: value to number."""
    found = client.get(path).context["facets"].facets
    [wanted] = [each for each in found if each.name == facet]
    options = [option for group in wanted.groups for option in group.options]
    options += [topic for option in options for topic in option.options]
    return {option.code: option.number for option in options}


def titles(client, path: str) -> list[str]:
    return [str(row.title) for row in client.get(path).context["rows"]]


@pytest.fixture
def things():
    """Two documents and a strategy: of two countries, years and themes, in three languages."""
    nature, cities = ThemeFactory(name_en="Nature"), ThemeFactory(name_en="Cities")
    topic = ThemeFactory(name_en="Mangroves", parent=nature, framework=nature.framework)
    thailand = CountryFactory()
    china = CountryFactory(
        code="CN", name_en="China", name_zh_hans="中国", party="china", order_all=4, order_members_then_china=12
    )
    return {
        "nature": nature,
        "cities": cities,
        "topic": topic,
        "coast": DocumentFactory(
            is_public=True,
            title_en="Coast",
            day=date(2024, 5, 6),
            themes=[topic],
            countries=[china, thailand],
            languages=["en", "th"],
        ),
        "town": DocumentFactory(
            is_public=True,
            title_en="Town",
            day=date(2023, 2, 1),
            themes=[cities],
            countries=[thailand],
            languages=["zh-hans"],
        ),
        "strategy": MandateFactory(is_public=True, name_en="Strategy", period_from=2023),
    }


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize("query", ["", "?q=report", "?kind=document&country=TH&year=2024&language=en&q=report"])
def test_the_results_take_the_same_queries_whatever_there_is(client, django_assert_num_queries, rows, query):
    for _ in range(rows):
        DocumentFactory(is_public=True, day=date(2024, 5, 6), themes=[ThemeFactory()], countries=[CountryFactory()])
    with django_assert_num_queries(QUERIES):
        assert client.get(f"/en/results/{query}").context["rows"]


def test_the_results_are_what_is_public_and_came_of_the_programme_the_latest_first(client, things):
    DocumentFactory(title_en="Draft")
    ProgrammeStrandFactory(is_public=True, name_en="A strand is no result")
    assert titles(client, "/en/results/") == ["Coast", "Town", "Strategy"]


def test_facets_count_what_fits_the_other_choices(client, things):
    assert numbers(client, "/en/results/", "kind") == {"document": 2, "mandate": 1}
    assert numbers(client, "/en/results/?kind=document", "kind") == {"document": 2, "mandate": 1}
    assert numbers(client, "/en/results/?kind=document", "year") == {"2024": 1, "2023": 1}
    assert numbers(client, "/en/results/?year=2023", "kind") == {"document": 1, "mandate": 1}
    assert numbers(client, "/en/results/?year=2023", "country") == {"TH": 1}
    assert numbers(client, "/en/results/?q=Coast", "language") == {"en": 1, "th": 1}


def test_countries_stand_in_protocol_order_and_years_and_languages_in_theirs(client, things):
    assert list(numbers(client, "/en/results/", "country")) == ["TH", "CN"]
    assert list(numbers(client, "/en/results/", "year")) == ["2024", "2023"]
    assert list(numbers(client, "/en/results/", "language")) == ["en", "zh-hans", "th"]


def test_the_number_of_results_is_that_of_the_rows(client, things):
    for query in ("", "?kind=document", "?kind=document&country=TH", "?theme=" + things["nature"].code, "?q=town"):
        response = client.get(f"/en/results/{query}")
        assert response.context["facets"].total == len(response.context["rows"]), query


def test_a_theme_has_what_lies_in_the_topics_beneath_it_each_thing_once(client, things):
    coast, nature, topic = things["coast"], things["nature"], things["topic"]
    coast.themes.add(nature)
    item_for(coast)
    assert titles(client, f"/en/results/?theme={nature.code}") == ["Coast"]
    assert titles(client, f"/en/results/?theme={topic.code}") == ["Coast"]
    assert numbers(client, f"/en/results/?theme={topic.code}", "theme") == {
        nature.code: 1,
        things["cities"].code: 1,
        topic.code: 1,
    }


def test_topics_are_offered_beneath_a_chosen_theme_alone(client, things):
    assert things["topic"].code not in numbers(client, "/en/results/", "theme")
    assert things["topic"].code in numbers(client, f"/en/results/?theme={things['nature'].code}", "theme")


def test_themes_stand_by_period_and_one_not_yet_adopted_says_so(client, things):
    coming = MandateFactory(period_from=2026, period_to=2030, adoption=Adoption.NOT_YET, is_public=True)
    page = page_of(client)
    assert "<h3>2026–2030, not yet adopted</h3>" in page
    assert page.index("2026–2030, not yet adopted") < page.index("<h3>2021–2025</h3>")
    ThemeFactory(framework=coming, name_en="Blue carbon")
    page = page_of(client)
    assert page.count("2026–2030, not yet adopted") == 1
    assert "Blue carbon" in page


def test_what_is_chosen_stands_as_a_chip_that_takes_it_away(client, things):
    page = page_of(client, "/en/results/?kind=document&country=CN&q=coast")
    assert 'href="?country=CN&amp;q=coast"' in page
    assert 'href="?kind=document&amp;q=coast"' in page
    assert 'href="?kind=document&amp;country=CN"' in page


def test_the_text_field_keeps_the_filters(client, things):
    page = page_of(client, "/en/results/?kind=document&country=CN")
    assert '<input type="hidden" name="kind" value="document">' in page
    assert '<input type="hidden" name="country" value="CN">' in page


def test_a_chosen_country_keeps_its_name_when_nothing_of_it_fits(client, things):
    page = page_of(client, "/en/results/?country=CN&year=2023")
    assert "Nothing fits all of these choices." in page
    assert ">China</a>" in page


@pytest.mark.parametrize(
    "query",
    [
        "kind=nothing",
        "theme=nothing",
        "country=XX",
        "year=1",
        "year=20245",
        "language=xx",
        "kind=a%00",
        "theme=%00&country=%27%3B--",
        "country=" + "A" * 3000,
    ],
)
def test_an_unknown_value_gives_an_empty_list_with_a_way_back(client, things, query):
    page = page_of(client, f"/en/results/?{query}")
    assert "The address asks for something that is not in this list" in page
    assert '<a href="/en/results/">All results</a>' in page


@pytest.mark.parametrize("number", ["0", "-1", "9999999", "abc", "%00", "9" * 5000])
def test_an_unknown_page_gives_an_empty_list_with_a_way_back(client, things, number):
    page = page_of(client, f"/en/results/?page={number}")
    assert "This list has no page of that number." in page
    assert '<a href="/en/results/">All results</a>' in page


@pytest.mark.parametrize("path", ["/en/results/", "/en/search/", "/zh-hans/search/"])
@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "红" * 3_000, "\x00", "' OR 1=1 --", '"a" NEAR(b) AND NOT * ^c', "((((", "a:b & !c | d <-> e"],
)
def test_whatever_is_typed_is_answered(client, things, path, text):
    assert client.get(path, {"q": text}).status_code == 200


def test_a_long_text_is_not_repeated_in_every_link(client, things):
    assert len(client.get("/en/results/", {"q": "x" * 10_000}).content) < 60_000


def test_twenty_stand_on_a_page_and_the_next_keeps_the_filters(client):
    for _ in range(21):
        DocumentFactory(is_public=True)
    page = page_of(client, "/en/results/?kind=document")
    assert page.count('class="event result"') == 20
    assert 'href="?kind=document&amp;page=2"' in page
    assert page_of(client, "/en/results/?kind=document&page=2").count('class="event result"') == 1


def test_a_row_in_another_language_says_so_and_where_it_can_be_read(client, things):
    Document.objects.filter(pk=things["town"].pk).update(title_en=None, title_zh_hans="城镇")
    item_for(Document.objects.get(pk=things["town"].pk))
    page = page_of(client, "/en/results/?year=2023&kind=document")
    assert '<h3 lang="zh-Hans">' in page
    assert "Only available in <a" in page
    assert f'href="/en/results/documents/{things["town"].slug}/zh-hans/"' in page
    page = page_of(client, "/zh-hans/results/?year=2023&kind=document")
    assert '<h3 lang="zh-Hans">' not in page


def test_hits_are_highlighted_and_nothing_of_a_title_becomes_markup(client):
    DocumentFactory(is_public=True, title_en="<b>Mangrove</b> & mud", summary_en="On <i>mangrove</i> trees")
    page = page_of(client, "/en/results/?q=mangrove")
    assert "&lt;b&gt;<mark>Mangrove</mark>&lt;/b&gt; &amp; mud" in page
    assert "<i>" not in page


def test_a_mistyped_word_is_put_right(client):
    DocumentFactory(is_public=True, title_en="Mangrove")
    for path in ("/en/results/?kind=document&q=mangrvoe", "/en/search/?q=mangrvoe"):
        assert "q=mangrove" in page_of(client, path)


def test_a_page_is_kept_until_the_next_thing_appears(rf, things):
    soon = timezone.now() + timedelta(hours=1)
    DocumentFactory(status=PublishingStatus.PUBLISHED, publish_at=soon)
    request = rf.get("/en/results/?kind=document")
    results(request)
    assert request.META[UNTIL] == pytest.approx(soon.timestamp())


def test_the_search_finds_everything_public(client, things):
    ProgrammeStrandFactory(is_public=True, name_en="Coast partnership")
    ProgrammeStrandFactory(name_en="Coast draft")
    page = page_of(client, "/en/search/?q=coast")
    assert "partnership" in page
    assert "draft" not in page
    assert "2 hits" in page


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_the_search_takes_the_same_queries_whatever_there_is(client, django_assert_num_queries, rows):
    for _ in range(rows):
        DocumentFactory(is_public=True, countries=[CountryFactory()])
    with django_assert_num_queries(6):
        assert client.get("/en/search/?q=report").context["rows"]


@pytest.mark.parametrize("text", ["", "   ", "—!?", "「」"])
def test_without_a_word_the_search_gives_a_hint(client, text):
    page = " ".join(client.get("/en/search/", {"q": text}).content.decode().split())
    assert "Write one or more words" in page


def test_a_page_of_hits_that_does_not_exist_leads_to_the_first(client, things):
    page = page_of(client, "/en/search/?q=coast&page=77")
    assert 'href="?q=coast"' in page
