"""The catalogue keeps in step with the things it lists."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from forums.models import Event
from portal.core.models import Epoch
from portal.library.kinds import Entry, Kind, all_kinds, find_kind, is_listed, kind_of, register_kind
from portal.library.models import CatalogueItem, Mandate, Milestone, PastAddress
from portal.library.services.catalogue import enter, item_of, relate, withdraw
from portal.library.services.publishing import publish
from tests.factories import CountryFactory
from tests.library_factories import (
    DocumentFactory,
    MandateFactory,
    MilestoneFactory,
    ProgrammeStrandFactory,
    ThemeFactory,
    item_for,
)

pytestmark = pytest.mark.django_db


def titles(item: CatalogueItem) -> dict[str, str]:
    return {text.language: text.title for text in item.texts.all()}


def test_every_wing_has_registered_its_kinds():
    assert {"event", "outcome", "document", "mandate", "strand"} <= {kind.code for kind in all_kinds()}
    assert (find_kind("event").model, find_kind("nonsense")) == (Event, None)


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="mandate"):
        register_kind(Kind("mandate", "x", "x", Milestone, lambda _obj: Entry("", {}, None)))
    with pytest.raises(ValueError, match="other"):
        register_kind(Kind("other", "x", "x", Mandate, lambda _obj: Entry("", {}, None)))


def test_what_stands_in_no_catalogue_is_refused():
    milestone = MilestoneFactory()
    assert not is_listed(milestone)
    for do in (kind_of, enter):
        with pytest.raises(LookupError):
            do(milestone)


def test_an_entry_holds_what_the_thing_says_of_itself():
    theme, thailand = ThemeFactory(), CountryFactory()
    document = DocumentFactory(
        title_en="Mangroves",
        title_zh_hans="红树林",
        summary_en="Of the Gulf.",
        day=date(2024, 5, 3),
        languages=["en", "th"],
        themes=[theme],
        countries=[thailand],
        is_public=True,
    )
    item = item_for(document)
    assert titles(item) == {"en": "Mangroves", "zh-hans": "红树林"}
    assert (item.address, item.kind, item.year, item.is_result) == (
        f"results/documents/{document.slug}/",
        "document",
        2024,
        True,
    )
    assert {row.language for row in item.languages.all()} == {"en", "th"}
    assert (item.themes.get(), item.countries.get(), item.subject) == (theme, thailand, document)
    assert str(item) == "Mangroves"


def test_a_file_has_its_title_in_its_own_language():
    document = DocumentFactory(languages=["th"])
    document.files.update(title="ป่าชายเลน")
    assert titles(item_for(document))["th"] == "ป่าชายเลน"


def test_entering_again_makes_no_second_entry_and_drops_what_is_gone():
    document = DocumentFactory(languages=["en", "th"], themes=[ThemeFactory()])
    document.files.filter(language="th").delete()
    document.themes.clear()
    document.title_zh_hans = ""
    item = item_for(document)
    assert CatalogueItem.objects.filter(kind="document").get() == item
    assert [row.language for row in item.languages.all()] == ["en"]
    assert (item.themes.count(), set(titles(item))) == (0, {"en"})


def test_what_was_read_before_the_change_is_not_entered():
    document = DocumentFactory(languages=["en", "th"])
    opened = type(document).objects.prefetch_related("files").get(pk=document.pk)
    document.files.filter(language="th").delete()
    assert [row.language for row in item_for(opened).languages.all()] == ["en"]


def test_a_changed_address_keeps_leading_on():
    mandate = MandateFactory(slug="first")
    for slug in ("second", "third"):
        mandate.slug = slug
        mandate.save()
        enter(mandate)
    item = item_of(mandate)
    assert {row.address for row in item.past_addresses.all()} == {
        "programme/mandates/first/",
        "programme/mandates/second/",
    }
    mandate.slug = "first"  # and back again: it leads nowhere but to itself
    mandate.save()
    enter(mandate)
    assert {row.address for row in item.past_addresses.all()} == {
        "programme/mandates/second/",
        "programme/mandates/third/",
    }


def test_an_address_that_another_record_takes_over_is_its_own():
    first = MandateFactory(slug="vision")
    first.slug = "vision-2016"
    first.save()
    enter(first)
    second = MandateFactory(slug="vision")
    assert not PastAddress.objects.exists()
    second.slug = "vision-2030"
    second.save()
    enter(second)
    assert PastAddress.objects.get().item == item_of(second)


def test_a_translation_that_was_not_touched_tells_that_its_source_changed():
    mandate = MandateFactory(name_en="Vision", name_zh_hans="愿景")
    item = item_of(mandate)
    before = {text.language: text.source_hash for text in item.texts.all()}
    assert before["en"] == before["zh-hans"]
    mandate.name_en = "Another vision"
    after = {text.language: text.source_hash for text in item_for(mandate).texts.all()}
    assert after["zh-hans"] == before["zh-hans"] != after["en"]


def test_an_adopted_strategy_is_a_result_and_one_that_is_not_yet_adopted_is_none():
    assert item_for(MandateFactory()).is_result
    assert not item_for(MandateFactory(adoption="not_yet")).is_result
    assert not item_for(MandateFactory(kind="vision")).is_result
    assert not item_for(ProgrammeStrandFactory()).is_result


def test_drafts_change_no_public_page_and_published_things_do(editor):
    mandate = MandateFactory()
    epochs = Epoch.objects.count()
    enter(mandate)
    assert Epoch.objects.count() == epochs
    publish(mandate, by=editor)
    assert Epoch.objects.count() == epochs + 1


def test_relations_hold_both_ways_and_need_entries():
    first, second = MandateFactory(), DocumentFactory()
    relate(first, second)
    assert list(item_of(second).related.all()) == [item_of(first)]
    with pytest.raises(LookupError):
        relate(first, MilestoneFactory())


def test_a_withdrawn_entry_takes_everything_of_it_along():
    mandate = MandateFactory()
    relate(mandate, DocumentFactory())
    withdraw(mandate)
    withdraw(mandate)  # nothing is left to withdraw
    assert item_of(mandate) is None
    assert CatalogueItem.objects.get().related.count() == 0


def test_next_change_names_the_nearest_moment():
    now = timezone.now()
    MandateFactory(status="published", publish_at=now + timedelta(days=2))
    MandateFactory(status="published", publish_at=now + timedelta(days=1))
    MandateFactory(is_public=True)
    assert CatalogueItem.objects.next_change(now) == now + timedelta(days=1)
    assert CatalogueItem.objects.next_change(now + timedelta(days=3)) is None


@pytest.mark.parametrize("count", [1, 3])
def test_entering_takes_the_same_number_of_queries_however_many_entries_there_are(count, django_assert_max_num_queries):
    for _ in range(count):
        DocumentFactory()
    document = DocumentFactory(languages=["en", "th"])
    with django_assert_max_num_queries(30):
        enter(document)
