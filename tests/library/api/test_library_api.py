"""Results, themes, mandates and strands in the API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.library.enums import Adoption
from portal.library.models import StrandActivity
from portal.library.services.catalogue import enter, relate
from portal.library.services.publishing import publish, unpublish
from tests.api_client import error, opens, read, rows
from tests.factories import CountryFactory
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory, ThemeFactory, item_for

pytestmark = pytest.mark.django_db


def titles(client, query: str = "") -> list[str]:
    return [row["title"]["en"] for row in rows(client, f"results/?{query}")]


@pytest.fixture
def several():
    above = ThemeFactory(code="sea")
    below = ThemeFactory(code="mangrove", parent=above, framework=above.framework)
    thailand = CountryFactory(code="TH")
    DocumentFactory(
        is_public=True,
        title_en="Mangroves",
        day=date(2024, 5, 1),
        themes=[below],
        countries=[thailand],
        languages=["th"],
    )
    MandateFactory(is_public=True, name_en="Strategy", day=date(2021, 1, 1), day_precision="year")
    DocumentFactory(title_en="A draft")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Mangroves", "Strategy"]),
        ("kind=mandate", ["Strategy"]),
        ("theme=mangrove", ["Mangroves"]),
        ("theme=sea", ["Mangroves"]),
        ("country=th", ["Mangroves"]),
        ("year=2024", ["Mangroves"]),
        ("language=th", ["Mangroves"]),
        ("q=mangroves", ["Mangroves"]),
        ("q=mangroves&kind=mandate", []),
        ("q=%22OR%201=1--", []),
        ("q=" + "mangrove+" * 900, []),
    ],
)
def test_results_are_narrowed(client, several, query, expected):
    assert titles(client, query) == expected


def test_a_result_tells_its_languages_countries_themes_and_files(client, several):
    found = read(client, f"results/{rows(client, 'results/?q=mangroves')[0]['id']}/")
    assert found["date"] == "2024-05-01"
    assert (found["languages"], found["countries"], found["themes"]) == (["th"], ["TH"], ["mangrove"])
    assert [(file["language"], file["content_type"]) for file in found["files"]] == [("th", "application/pdf")]
    assert opens(client, found["files"][0]["url"])
    assert opens(client, found["page"])
    assert titles(client, "q=strategy") == ["Strategy"]
    assert rows(client, "results/?q=strategy")[0]["date"] == "2021"


def test_countries_of_a_result_stand_in_the_order_of_protocol(client):
    china = CountryFactory(code="CN", name_en="China", order_members_then_china=12)
    DocumentFactory(is_public=True, countries=[china, CountryFactory(code="TH")])
    assert rows(client, "results/")[0]["countries"] == ["TH", "CN"]


def test_what_is_published_is_there_at_once_and_gone_at_once(client, officer):
    document = DocumentFactory(title_en="Report")
    publish(document, by=officer)
    assert titles(client) == ["Report"]
    known = item_for(document).public_id
    unpublish(document, by=officer)
    assert titles(client) == []
    assert error(client, f"results/{known}/", 404)["code"] == "not_found"


def test_only_what_is_public_is_related(client):
    one, seen, draft = DocumentFactory(is_public=True), MandateFactory(is_public=True), DocumentFactory()
    relate(one, seen)
    relate(one, draft)
    found = read(client, f"results/{item_for(one).public_id}/")
    assert [(other["kind"], other["title"]) for other in found["related"]] == [("mandate", {"en": seen.name_en})]


def test_a_result_for_later_is_not_there_yet_and_the_cache_is_told_when(client):
    later = timezone.now() + timedelta(hours=1)
    document = DocumentFactory(is_public=True, publish_at=later)
    enter(document)
    response = client.get("/api/v1/results/")
    assert response.json()["count"] == 0
    assert response.wsgi_request.META["portal.valid_until"] == pytest.approx(later.timestamp())


def test_themes_tell_their_framework_and_their_topics(client):
    framework = MandateFactory(is_public=True, slug="strategy")
    above = ThemeFactory(code="sea", framework=framework)
    ThemeFactory(code="mangrove", parent=above, framework=framework)
    found = read(client, "themes/sea/")
    assert (found["framework"], found["period"], found["topics"]) == (
        "strategy",
        {"first": 2021, "last": 2025},
        ["mangrove"],
    )
    assert [row["code"] for row in rows(client, "themes/?parent=sea")] == ["mangrove"]
    assert [row["code"] for row in rows(client, "themes/?framework=strategy")] == ["sea", "mangrove"]


def test_a_theme_of_a_draft_is_there_when_it_is_to_come_or_something_public_has_it(client):
    ThemeFactory(code="hidden", framework=MandateFactory(slug="a-draft"))
    ThemeFactory(code="coming", framework=MandateFactory(adoption=Adoption.NOT_YET))
    carried = ThemeFactory(code="carried", framework=MandateFactory())
    DocumentFactory(is_public=True, themes=[carried])
    assert {row["code"] for row in rows(client, "themes/")} == {"coming", "carried"}
    assert read(client, "themes/coming/")["framework"] is None
    assert error(client, "themes/hidden/", 404)["code"] == "not_found"
    assert "framework" in error(client, "themes/?framework=a-draft", 400)["fields"]


def test_a_mandate_names_what_it_rests_on_and_its_text_only_when_they_are_public(client):
    public, draft = DocumentFactory(is_public=True, languages=["en", "zh-hans"]), DocumentFactory()
    seen, unseen = MandateFactory(is_public=True, slug="vision"), MandateFactory(slug="unseen")
    whole = MandateFactory(is_public=True, slug="whole", text=public, day=date(2021, 1, 1), day_precision="year")
    whole.basis.add(seen, unseen)
    MandateFactory(is_public=True, slug="textless", text=draft)
    found = read(client, "mandates/whole/")
    assert (found["date"], found["rests_on"]) == ("2021", ["vision"])
    assert [file["language"] for file in found["files"]] == ["en", "zh-hans"]
    assert read(client, "mandates/textless/")["files"] == []
    assert error(client, "mandates/unseen/", 404)["code"] == "not_found"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=vision", ["vision"]),
        ("adoption=not_yet", ["vision"]),
        ("year=2023", ["strategy"]),
        ("year=2003", ["vision"]),
        ("year=1999", []),
    ],
)
def test_mandates_are_narrowed(client, query, expected):
    MandateFactory(is_public=True, slug="strategy")
    day = {"day": date(2003, 1, 1), "period_from": None, "period_to": None}
    MandateFactory(is_public=True, slug="vision", kind="vision", adoption=Adoption.NOT_YET, **day)
    assert [row["slug"] for row in rows(client, f"mandates/?{query}")] == expected


def test_a_strand_tells_its_names_its_kin_and_what_it_did(client):
    theme = ThemeFactory(code="sea")
    before, hidden = ProgrammeStrandFactory(is_public=True, slug="before"), ProgrammeStrandFactory(slug="hidden")
    strand = ProgrammeStrandFactory(is_public=True, slug="green", parent=hidden, themes=[theme], kind="platform")
    strand.predecessors.add(before, hidden)
    strand.names.create(name="Green Platform", language="en")
    StrandActivity.objects.create(strand=strand, title_en="Training", day=date(2019, 4, 1), day_precision="month")
    found = read(client, "strands/green/")
    assert found["names"] == [{"name": "Green Platform", "language": "en"}]
    assert (found["predecessors"], found["part_of"], found["themes"]) == (["before"], None, ["sea"])
    assert [(one["title"], one["date"]) for one in found["activities"]] == [({"en": "Training"}, "2019-04")]
    assert error(client, "strands/hidden/", 404)["code"] == "not_found"
    assert [row["slug"] for row in rows(client, "strands/?kind=platform&theme=sea")] == ["green"]
