"""Opening content: complete, honest about what is not known, and safe to load again."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from forums.enums import EventStatus
from forums.models import Event, EventEdition, EventSeries
from forums.services.content import PROGRAMME
from portal.core.audit import log
from portal.core.enums import DatePrecision
from portal.core.facts import confirm_fact
from portal.core.models import AuditEntry, Fact, TextVersion
from portal.directory.models import Country, Membership, Organisation
from portal.directory.services.content import DATA, RELATED, make_record
from portal.library.models import (
    CatalogueItem,
    Mandate,
    Milestone,
    ProgrammeStrand,
    StatedFigure,
    StrandActivity,
    StrandName,
    Theme,
)
from tests.factories import EventFactory

pytestmark = [pytest.mark.usefixtures("opening_drafts"), pytest.mark.django_db]


def load(**options: bool) -> str:
    out = StringIO()
    call_command("load_opening_content", stdout=out, **options)
    return out.getvalue()


def rows() -> dict[str, list[dict]]:
    tables: tuple[type[models.Model], ...] = (
        Country, Membership, Organisation, EventSeries, Event, EventEdition, TextVersion, AuditEntry, Fact,
        Mandate, Theme, ProgrammeStrand, StrandName, StrandActivity, Milestone, StatedFigure, CatalogueItem,
    )  # fmt: skip
    return {table.__name__: list(table._base_manager.order_by("pk").values()) for table in tables}


@pytest.mark.parametrize("publish_sourced", [False, True])
def test_loading_twice_changes_nothing(publish_sourced):
    load(publish_sourced=publish_sourced)
    before = rows()
    report = load(publish_sourced=publish_sourced)
    assert rows() == before
    assert report.count("0 new") == report.count(" new") == (11 if publish_sourced else 8)
    assert report.count(" 0 completed") == 4


def test_an_installation_from_before_the_catalogue_has_its_records_entered():
    event = EventFactory(slug="own", status="announced")
    log(event, "announce", by="officer")
    CatalogueItem.objects.all().delete()
    AuditEntry.objects.filter(action=RELATED).delete()
    assert "had no entry: 0 new" not in load()
    assert CatalogueItem.objects.public().get().subject == event
    assert CatalogueItem.objects.filter(kind="event").count() == Event.objects.count()


def test_there_are_eleven_members_now_and_ten_the_day_before_timor_leste_joined():
    assert Country.objects.members_on(date(2026, 1, 1)).count() == 11
    assert Country.objects.members_on(date(2025, 10, 26)).count() == 11
    before = Country.objects.members_on(date(2025, 10, 25))
    assert before.count() == 10
    assert "TL" not in before.values_list("code", flat=True)


def test_both_protocol_orders_are_kept():
    apart = [c.code for c in Country.objects.parties().in_order()]
    together = [c.code for c in Country.objects.parties().in_order(china_apart=False)]
    assert apart == ["BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN", "CN"]
    assert together == ["BN", "KH", "CN", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN"]


def test_every_state_is_there_under_its_name_in_both_languages_and_nothing_else():
    assert Country.objects.count() == 195
    assert not Country.objects.filter(code__in=["TW", "HK", "MO", "XK", "EH"]).exists()
    assert not Country.objects.filter(models.Q(name_en="") | models.Q(name_zh_hans="")).exists()
    names = dict(Country.objects.values_list("code", "name_en"))
    assert (names["LA"], names["VN"], names["TL"], names["KR"]) == (
        "Lao PDR",
        "Viet Nam",
        "Timor-Leste",
        "Republic of Korea",
    )
    assert all(Country.objects.exclude(time_zones=[]).values_list("time_zones", flat=True))
    assert not Country.objects.filter(time_zones=[]).exists()


def test_nothing_recalled_is_loaded():
    forum = Event.objects.get(slug="forum-2025")
    assert not forum.theme_en
    assert forum.theme_zh_hans == "共创绿色发展机遇，共筑繁荣美丽家园"
    assert not Organisation.objects.get(slug="cobsea").name_zh_hans
    assert not Organisation.objects.filter(slug__in=["ministry-my", "ministry-sg", "ministry-tl"]).exists()
    assert not Country.objects.filter(formal_name_zh_hans__gt="").exists()


@pytest.mark.parametrize(
    ("path", "key", "table"),
    [
        (DATA / "countries.json", "countries", Country),
        (DATA / "institutions.json", "institutions", Organisation),
        (PROGRAMME, "events", Event),
    ],
)
def test_no_value_of_a_recalled_field_stands_in_the_database(path, key, table):
    records = [r for r in json.loads(path.read_text(encoding="utf-8"))[key] if r.get("recalled_fields")]
    assert records
    for record in records:
        found = table.objects.filter(**{"code" if table is Country else "slug": record.get("code") or record["slug"]})
        for name in record["recalled_fields"]:
            assert not any(found.values_list(name, flat=True)), (record.get("slug"), name)


def test_a_record_is_parted_into_what_was_read_and_what_was_not():
    record = make_record({"a": 1, "b": 2, "recalled_fields": ["b"], "confidence": "read", "source": "a book"})
    assert (record.values, record.recalled, record.source) == ({"a": 1}, {"b": 2}, "a book")


def test_the_fourteen_editions_carry_their_number_as_text_and_their_source():
    series = EventSeries.objects.get(slug="asean-china-environmental-cooperation-forum")
    editions = dict(series.editions.values_list("event__slug", "edition"))
    assert len(editions) == 14
    assert editions["forum-2025"] == "14"
    assert "forum-2020" not in editions
    assert not Event.objects.filter(source="").exists()


def test_unknown_dates_stay_unknown():
    first = Event.objects.get(slug="forum-2011")
    assert (first.date_precision, first.start_day, first.end_day) == (DatePrecision.YEAR, date(2011, 1, 1), None)
    assert first.starts_at is None
    assert not first.place_en
    planned = Event.objects.filter(kind="workshop")
    assert {(e.status, e.start_day) for e in planned} == {(EventStatus.DRAFT, None)}
    assert planned.count() == 2


def test_the_forum_of_2021_is_one_event_in_two_series_under_its_joint_title():
    forum = Event.objects.get(slug="forum-2021")
    assert forum.editions.count() == 2
    assert forum.title_zh_hans == "中国—东盟绿色与可持续发展高层论坛暨2021年中国—东盟环境合作论坛"
    assert not forum.theme_en


def test_ministries_that_were_renamed_say_since_when():
    assert Organisation.objects.get(slug="ministry-vn").valid_from == date(2025, 3, 1)
    assert Organisation.objects.named("农业与环境部").count() == 0  # recalled, so not even found by it
    assert Organisation.objects.named("caec").get().slug == "caec"


def test_what_an_officer_changed_emptied_or_deleted_stays_so(officer):
    load(publish_sourced=True)
    country = Country.objects.get(code="VN")
    country.name_zh_hans = "越南（测试）"
    country.save(update_fields=["name_zh_hans"])
    forum = Event.objects.get(slug="forum-2025")
    forum.place_en = ""
    forum.slug = "fourteenth"
    forum.save(update_fields=["place_en", "slug"])
    log(forum, "changed", by=officer, changes={"place_en": ["Beihai, Guangxi", ""]})
    Event.objects.get(slug="forum-2011").delete()
    load(publish_sourced=True)
    country.refresh_from_db()
    forum.refresh_from_db()
    assert country.name_zh_hans == "越南（测试）"
    assert forum.place_en == ""
    assert not Event.objects.filter(slug__in=["forum-2011", "forum-2025"]).exists()


def test_a_field_left_empty_by_an_older_version_is_completed():
    Country.objects.filter(code="LA").update(dial_code="")
    assert "countries: 0 new, 1 completed" in load()
    assert Country.objects.get(code="LA").dial_code == "+856"


def test_what_belongs_together_is_tied_once_and_an_officer_may_untie_it():
    forum = CatalogueItem.objects.get(address="forums/forum-2018/")
    assert [item.address for item in forum.related.all()] == ["programme/strands/information-sharing-platform/"]
    forum.related.clear()
    load(publish_sourced=True)
    assert not forum.related.exists()


def test_a_confirmed_theme_of_an_event_is_found_in_the_catalogue(superuser):
    load(publish_sourced=True)
    forum = Event.objects.get(slug="forum-2025")
    fact = Fact.objects.of(forum).get(field="theme_en")
    confirm_fact(fact, evidence="The programme as printed", by=superuser)
    text = CatalogueItem.objects.get(address="forums/forum-2025/").texts.get(language="en")
    assert (
        text.summary
        == "Creating Opportunities for Green Development, Building a Prosperous and Beautiful Home Together"
    )
