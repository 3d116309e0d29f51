"""What the catalogue holds of events and of their outcomes, and when."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Event, EventEdition, EventPaper, EventPaperFile, EventSeries, Outcome
from forums.services.content import load_programme
from forums.services.events import change_status, copy_event, move_event
from forums.services.listing import list_event, unlist_event
from portal.library.models import CatalogueItem, SearchDocument
from portal.library.services.catalogue import item_of
from tests.factories import CountryFactory, EventFactory, StoredFileFactory
from tests.library_factories import ThemeFactory

pytestmark = pytest.mark.django_db


def public_events() -> list[str]:
    return [item.address for item in CatalogueItem.objects.public().filter(kind="event")]


def test_an_announced_event_is_public_from_that_moment(officer):
    event = EventFactory(slug="workshop", status=EventStatus.DRAFT)
    list_event(event)
    assert public_events() == []
    moment = timezone.now() - timedelta(hours=1)
    change_status(event, "announce", by=officer, at=moment)
    item = item_of(event)
    assert (item.public_from, item.address) == (moment, "forums/workshop/")
    assert not item.is_result


def test_a_later_step_does_not_make_the_event_newer(officer):
    event = EventFactory(status=EventStatus.DRAFT)
    moment = timezone.now() - timedelta(days=3)
    change_status(event, "announce", by=officer, at=moment)
    change_status(event, "postpone", by=officer)
    change_status(event, "announce", by=officer)
    assert item_of(event).public_from == moment


def test_an_event_that_took_place_before_the_portal_is_listed_when_it_is_recorded(officer):
    event = EventFactory(status=EventStatus.DRAFT)
    change_status(event, "record_held", by=officer)
    assert public_events() == [f"forums/{event.slug}/"]


def test_the_entry_has_the_country_the_themes_the_day_and_the_texts_of_the_event():
    country, theme = CountryFactory(), ThemeFactory()
    event = EventFactory(country=country, theme_en="Mangroves", theme_zh_hans="红树林", is_demo=True)
    event.themes.add(theme)
    list_event(event)
    item = item_of(event)
    assert list(item.countries.all()) == [country]
    assert list(item.themes.all()) == [theme]
    assert (item.day, item.is_demo) == (event.start_day, True)
    texts = {text.language: (text.title, text.summary) for text in item.texts.all()}
    assert texts == {"en": (event.title_en, "Mangroves"), "zh-hans": (event.title_zh_hans, "红树林")}


def test_an_event_is_found_by_its_summary_its_place_and_its_series():
    event = EventFactory(place_en="Nanning", summary_en="<p>Seagrass meadows</p>")
    series = EventSeries.objects.create(slug="series", name_en="Cooperation Forum", name_zh_hans="合作论坛")
    EventEdition.objects.create(event=event, series=series)
    list_event(event)
    words = SearchDocument.objects.get(item=item_of(event))
    found = f"{words.title} {words.summary} {words.body}"
    assert all(word in found for word in ("nanning", "seagrass", "cooperation forum"))


@pytest.mark.parametrize(("access", "languages"), [("public", ["zh-hans"]), ("participants", [])])
def test_an_event_has_the_languages_of_its_public_papers(access, languages):
    event = EventFactory()
    paper = EventPaper.objects.create(event=event, access=access)
    EventPaperFile.objects.create(paper=paper, language="zh-hans", file=StoredFileFactory())
    list_event(event)
    assert list(item_of(event).languages.values_list("language", flat=True)) == languages


def test_a_moved_and_a_copied_event_are_brought_up_to_date(officer):
    event = EventFactory()
    later = event.start_day + timedelta(days=9)
    move_event(event, start_day=later, by=officer)
    assert item_of(event).day == later
    copy = copy_event(event, slug="copy", start_day=later, by=officer)
    assert item_of(copy).public_from is None


def test_the_outcome_follows_its_event():
    event = EventFactory(status=EventStatus.HELD)
    outcome = Outcome.objects.create(event=event)
    event.title_en = "Another title"
    event.save()
    list_event(event)
    assert item_of(outcome).texts.get(language="en").title == "Outcomes: Another title"


def test_a_deleted_event_leaves_nothing_in_the_catalogue():
    event = EventFactory(status=EventStatus.DRAFT)
    Outcome.objects.create(event=event)
    list_event(event)
    assert CatalogueItem.objects.count() == 2
    unlist_event(event)
    assert not CatalogueItem.objects.exists()


def test_saving_and_deleting_in_the_administration_keeps_the_catalogue_in_step(web):
    event = EventFactory(status=EventStatus.DRAFT, slug="workshop")
    page = reverse("admin:forums_event_change", args=[event.pk])
    form = web.get(page).context["adminform"].form
    assert web.post(page, {**_posted(form), "slug": "renamed"}).status_code == 302
    assert item_of(event).address == "forums/renamed/"
    assert web.post(reverse("admin:forums_event_delete", args=[event.pk]), {"post": "yes"}).status_code == 302
    assert not CatalogueItem.objects.exists()


def _posted(form) -> dict[str, object]:
    values = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in values.items() if value is not False}
    for prefix in ("categories", "papers", "event_organisers", "editions"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data


def test_events_of_the_opening_content_are_in_the_catalogue():
    load_programme()
    assert Event.objects.exists()
    assert CatalogueItem.objects.filter(kind="event").count() == Event.objects.count()


def test_the_events_of_the_demonstration_are_in_the_catalogue_and_say_what_they_are(settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    call_command("load_opening_content", stdout=StringIO())
    call_command("load_demo", scale=1, stdout=StringIO())
    items = CatalogueItem.objects.filter(kind="event", is_demo=True)
    assert items.count() == Event.objects.filter(is_demo=True).count() > 0
