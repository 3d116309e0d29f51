"""Mandates with their themes, strands with their names, milestones, figures and the catalogue in the administration."""

from datetime import date

import pytest
from django.urls import reverse

from portal.core.audit import history
from portal.library.models import CatalogueItem, Mandate, Milestone, ProgrammeStrand, StatedFigure, Theme
from portal.library.search.query import search
from tests.factories import EventFactory
from tests.forums.posting import filled
from tests.library_factories import (
    DocumentFactory,
    MandateFactory,
    MilestoneFactory,
    ProgrammeStrandFactory,
    StatedFigureFactory,
    ThemeFactory,
    item_for,
)

CATALOGUE = reverse("admin:library_catalogueitem_changelist")


def url_of(obj, page: str = "change") -> str:
    return reverse(f"admin:library_{obj._meta.model_name}_{page}", args=[obj.pk])


def save(client, obj, **changes):
    page = client.get(url_of(obj))
    return client.post(url_of(obj), filled(page, f"{obj._meta.model_name}_form", **changes))


@pytest.fixture
def client(browser_of, editor):
    """The editor's browser."""
    return browser_of(editor)


def add(client, model: type, **values):
    url = reverse(f"admin:library_{model._meta.model_name}_add")
    response = client.post(url, filled(client.get(url), f"{model._meta.model_name}_form", **values))
    assert response.status_code == 302, response.content.decode()


def test_a_framework_of_the_coming_period_is_entered_as_not_yet_adopted_with_themes(client):
    add(
        client,
        Mandate,
        name_en="Framework 2026–2030",
        kind="strategy",
        adoption="not_yet",
        period_from="2026",
        period_to="2030",
        **{
            "themes-TOTAL_FORMS": "2",
            "themes-0-name_en": "Mangroves & Coasts",
            "themes-0-order": "1",
            "themes-1-name_en": "Climate",
            "themes-1-order": "2",
        },
    )
    mandate = Mandate.objects.get()
    assert (mandate.adoption, mandate.slug, mandate.is_result) == ("not_yet", "framework-20262030", False)
    assert [theme.code for theme in mandate.themes.all()] == ["mangroves-coasts", "climate"]


def test_a_topic_stands_beneath_a_theme_of_its_own_period(client):
    theme, foreign = ThemeFactory(name_en="Coasts"), ThemeFactory(name_en="Another period")
    page = client.get(url_of(theme.framework)).content.decode()
    assert ">Coasts</option>" in page
    assert "Another period" not in page
    values = {"themes-TOTAL_FORMS": "2", "themes-1-name_en": "Mangroves", "themes-1-order": "0"}
    save(client, theme.framework, **values, **{"themes-1-parent": str(foreign.pk)})
    assert Theme.objects.count() == 2
    save(client, theme.framework, **values, **{"themes-1-parent": str(theme.pk)})
    assert Theme.objects.get(name_en="Mangroves").parent == theme


def test_a_period_that_ends_before_it_begins_is_refused(client):
    mandate = MandateFactory()
    page = save(client, mandate, period_from="2025", period_to="2021").content.decode()
    assert "The last year is before the first." in page
    assert Mandate.objects.get().period_to == 2025


def test_an_address_that_is_taken_gets_a_number_and_a_typed_one_is_refused(client):
    MandateFactory(slug="strategy-for-rivers")
    add(client, Mandate, name_en="Strategy for Rivers")
    assert sorted(Mandate.objects.values_list("slug", flat=True)) == ["strategy-for-rivers", "strategy-for-rivers-2"]
    second = Mandate.objects.get(slug="strategy-for-rivers-2")
    assert "already exists" in save(client, second, slug="strategy-for-rivers").content.decode()


def test_a_name_without_latin_letters_still_gets_an_address(client):
    add(client, ProgrammeStrand, name_en="绿色使者")
    assert ProgrammeStrand.objects.get().slug == "programmestrand"


def test_a_strand_is_found_by_every_name_that_was_printed(client):
    strand = ProgrammeStrandFactory(name_en="Green Envoys Programme")
    save(
        client,
        strand,
        **{
            "names-TOTAL_FORMS": "1",
            "names-0-name": "Utusan Hijau",
            "names-0-language": "ms",
            "activities-TOTAL_FORMS": "1",
            "activities-0-title_en": "Training of young officers",
            "activities-0-day_precision": "year",
            "activities-0-day": "2013-01-01",
        },
    )
    assert strand.names.get().name == "Utusan Hijau"
    assert strand.activities.get().title == "Training of young officers"
    assert list(search("utusan hijau", CatalogueItem.objects.all()).items) == [CatalogueItem.objects.get()]
    page = client.get(url_of(strand, "history")).content.decode()
    assert "Name variant" in page


def test_a_milestone_and_a_figure_are_entered_and_published(client, editor):
    add(client, Milestone, title_en="The centre opened", day="2010-01-01", day_precision="year")
    add(client, StatedFigure, what_en="Young people trained", qualifier_en="more than", value="1500")
    for obj in (Milestone.objects.get(), StatedFigure.objects.get()):
        client.post(reverse(f"admin:library_{obj._meta.model_name}_publishing", args=[obj.pk, "publish"]))
        assert type(obj).objects.public().count() == 1
        assert [entry.actor for entry in history(obj)] == [editor, editor]
    page = client.get(reverse("admin:library_statedfigure_changelist")).content.decode()
    assert "more than 1500" in page


def test_a_theme_that_is_used_is_not_deleted(client):
    topic = ThemeFactory(parent=ThemeFactory())
    client.post(url_of(topic.parent, "delete"), {"post": "yes"})
    assert Theme.objects.count() == 2


def test_the_catalogue_is_read_and_only_what_belongs_together_is_said_by_hand(client):
    document, mandate = DocumentFactory(title_en="Annual report", is_public=True), MandateFactory(name_en="A strategy")
    item, other = item_for(document), item_for(mandate)
    page = client.get(url_of(item)).content.decode()
    assert url_of(document) in page
    assert 'name="address"' not in page
    save(client, item, related=[str(other.pk)])
    assert list(other.related.all()) == [item]
    assert client.post(reverse("admin:library_catalogueitem_add")).status_code == 403
    assert client.post(url_of(item, "delete"), {"post": "yes"}).status_code == 403


def test_the_catalogue_is_filtered_and_searched(client):
    DocumentFactory(title_en="Annual report", is_public=True, day=date(2024, 5, 1))
    MandateFactory(name_en="Hidden strategy")
    for query, shown, hidden in (
        ({"kind": "document"}, "Annual report", "Hidden strategy"),
        ({"public": "yes"}, "Annual report", "Hidden strategy"),
        ({"public": "no"}, "Hidden strategy", "Annual report"),
        ({"year": "2024"}, "Annual report", "Hidden strategy"),
        ({"q": "hidden"}, "Hidden strategy", "Annual report"),
    ):
        page = client.get(CATALOGUE, query).content.decode()
        assert shown in page, query
        assert hidden not in page, query
    assert client.get(CATALOGUE, {"kind": "nonsense", "year": "x", "public": "z"}).status_code == 200


def test_related_items_are_found_by_their_titles(client):
    item_for(DocumentFactory(title_en="Annual report"))
    found = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "library", "model_name": "catalogueitem", "field_name": "related", "term": "annual"},
    ).json()
    assert [result["text"] for result in found["results"]] == ["Annual report"]


LISTS = {
    "theme": (ThemeFactory, 7),
    "programmestrand": (ProgrammeStrandFactory, 6),
    "milestone": (MilestoneFactory, 6),
    "statedfigure": (StatedFigureFactory, 6),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_every_list_takes_the_same_number_of_queries_whatever_its_length(
    client, name, count, django_assert_num_queries
):
    factory, queries = LISTS[name]
    for _ in range(count):
        factory()
    url = reverse(f"admin:library_{name}_changelist")
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_takes_the_same_number_of_queries_whatever_its_length(client, count, django_assert_num_queries):
    for _ in range(count):
        DocumentFactory()
        MandateFactory()
        EventFactory()
    client.get(CATALOGUE)
    with django_assert_num_queries(8):
        client.get(CATALOGUE)
