"""A list takes as many queries with a hundred rows as with one."""

from collections.abc import Callable

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from forums.models import EventEdition, EventSeries, ProgrammeRelease, ReleasedSession
from portal.directory.models import Membership
from portal.library.models import StrandName
from tests.api_client import rows
from tests.factories import CountryFactory, EventFactory, OrganisationFactory
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def an_event(number: int) -> None:
    series, _made = EventSeries.objects.get_or_create(slug=f"series-{number % 3}", name_en="Series")
    event = EventFactory(country=CountryFactory())
    event.themes.add(ThemeFactory())
    EventEdition.objects.create(event=event, series=series, edition=str(number))


def a_session(number: int) -> None:
    speaker = {name: {"en": "Someone"} for name in ("name", "position", "organisation", "topic")} | {"role": "chair"}
    words = {"title": {"en": f"Session {number}"}, "summary": {}, "room": {}, "languages": ["en"], "interpretation": []}
    ReleasedSession.objects.create(
        release=ProgrammeRelease.objects.create(event=EventFactory(), released_at=timezone.now()),
        public_id=f"session{number:05}",
        kind="plenary",
        starts_at=timezone.now(),
        ends_at=timezone.now(),
        content=words | {"day": "2026-01-01", "speakers": [speaker], "papers": []},
    )


def a_result(_number: int) -> None:
    theme, country = ThemeFactory(), CountryFactory()
    DocumentFactory(is_public=True, themes=[theme], countries=[country], languages=["en", "th"])


def an_organisation(number: int) -> None:
    before = OrganisationFactory(is_public=True)
    OrganisationFactory(is_public=True, slug=f"institute-{number}", predecessor=before)


def a_country(number: int) -> None:
    code = "ABCDEFGHIJ"[number // 10] + "KLMNOPQRST"[number % 10]
    country = CountryFactory(code=code, name_en=f"Country {number}", order_members_then_china=number, order_all=number)
    Membership.objects.create(country=country, valid_from="1990-01-01")


def a_theme(number: int) -> None:
    above = ThemeFactory(framework=MandateFactory(is_public=True))
    ThemeFactory(framework=above.framework, parent=above)


def a_mandate(_number: int) -> None:
    text = DocumentFactory(is_public=True, languages=["en", "zh-hans"])
    mandate = MandateFactory(is_public=True, text=text)
    mandate.basis.add(MandateFactory(is_public=True))
    ThemeFactory(framework=mandate)


def a_strand(_number: int) -> None:
    strand = ProgrammeStrandFactory(is_public=True, themes=[ThemeFactory()])
    StrandName.objects.create(strand=strand, name="Another name")
    strand.predecessors.add(ProgrammeStrandFactory(is_public=True))
    strand.mandates.add(MandateFactory(is_public=True))


@pytest.mark.parametrize(
    ("path", "make", "queries"),
    [
        ("events/", an_event, 5),
        ("sessions/", a_session, 2),
        ("results/", a_result, 7),
        ("organisations/", an_organisation, 2),
        ("countries/", a_country, 3),
        ("themes/", a_theme, 4),
        ("mandates/", a_mandate, 6),
        ("strands/", a_strand, 7),
    ],
)
def test_the_number_of_queries_does_not_grow(client, path, make: Callable, queries, django_assert_num_queries):
    made = 0
    ContentType.objects.clear_cache()
    for wanted in (1, 3, 100):
        for number in range(made, wanted):
            make(number)
        made = wanted
        with django_assert_num_queries(queries):
            assert len(rows(client, f"{path}?page_size=100")) >= wanted
