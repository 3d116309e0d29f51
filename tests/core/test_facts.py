"""Facts to confirm: decided once, with evidence, into the field of the record."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forums.models import Event
from portal.core import facts
from portal.core.audit import history
from portal.core.enums import FactStatus, Grade
from portal.core.facts import as_stored, confirm_fact, correct_fact, present_value, record_fact, reject_fact
from portal.core.models import Epoch, Fact
from portal.core.workflow import Conflict, TransitionRefused
from portal.directory.models import Organisation
from tests.factories import CountryFactory, EventFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LETTER = "Letter of the Ministry, 3 March 2026"


def fact_about(event: Event, field: str, value: object, **extra: object) -> Fact:
    given = {"grade": Grade.RECALLED, "source": "from memory", "is_shown": False, **extra}
    return record_fact(event, field, value, **given)  # type: ignore[arg-type]


def test_recording_touches_no_record_and_a_known_fact_stays_as_it_is():
    event = EventFactory(theme_en="")
    fact = fact_about(event, "theme_en", "Green growth")
    assert fact_about(event, "theme_en", "Something else") == fact
    event.refresh_from_db()
    fact.refresh_from_db()
    assert event.theme_en == ""
    assert (fact.value, fact.status, fact.is_shown) == ("Green growth", FactStatus.OPEN, False)


def test_a_confirmed_value_is_written_with_name_date_and_evidence(superuser):
    event = EventFactory(theme_en="")
    fact = fact_about(event, "theme_en", "Green growth")
    epochs = Epoch.objects.count()
    confirm_fact(fact, evidence=f" {LETTER} ", by=superuser)
    event.refresh_from_db()
    fact = Fact.objects.get()
    assert event.theme_en == "Green growth"
    assert (fact.status, fact.is_shown, fact.evidence) == (FactStatus.CONFIRMED, True, LETTER)
    assert (fact.decided_by, fact.confirmed_value) == (superuser, "Green growth")
    entry = history(event)[0]
    assert (entry.actor, entry.note, entry.at) == (superuser, LETTER, fact.decided_at)
    assert entry.changes == {"theme_en": ["", "Green growth"]}
    assert Epoch.objects.count() == epochs + 1


def test_a_corrected_value_stands_beside_what_the_source_said(superuser):
    event = EventFactory(theme_en="")
    fact = fact_about(event, "theme_en", "Green growth")
    correct_fact(fact, "Green growth for all", evidence=LETTER, by=superuser)
    event.refresh_from_db()
    assert (event.theme_en, fact.value, fact.confirmed_value) == (
        "Green growth for all",
        "Green growth",
        "Green growth for all",
    )


def test_a_rejected_value_leaves_the_record_but_never_what_an_officer_wrote_there(superuser):
    event = EventFactory(theme_en="Green growth", place_en="Nanning")
    shown = fact_about(event, "theme_en", "Green growth", is_shown=True)
    edited = fact_about(event, "place_en", "Guilin", is_shown=True)
    reject_fact(shown, evidence=LETTER, by=superuser)
    reject_fact(edited, evidence=LETTER, by=superuser)
    event.refresh_from_db()
    assert not event.theme_en
    assert event.place_en == "Nanning"
    assert {fact.status for fact in Fact.objects.all()} == {FactStatus.REJECTED}
    assert not Fact.objects.get(field="theme_en").is_shown


def test_a_name_is_corrected_rather_than_emptied(superuser):
    event = EventFactory(title_en="Forum", title_zh_hans="论坛")
    with pytest.raises(ValidationError, match="correct"):
        reject_fact(fact_about(event, "title_en", "Forum", is_shown=True), evidence=LETTER, by=superuser)
    assert Fact.objects.get().status == FactStatus.OPEN
    reject_fact(fact_about(event, "title_zh_hans", "论坛", is_shown=True), evidence=LETTER, by=superuser)
    event.refresh_from_db()
    assert not event.title_zh_hans


@pytest.mark.parametrize("evidence", ["", "  \n"])
def test_without_evidence_nothing_is_decided(superuser, evidence):
    event = EventFactory(theme_en="")
    fact = fact_about(event, "theme_en", "Green growth")
    with pytest.raises(ValidationError) as refused:
        confirm_fact(fact, evidence=evidence, by=superuser)
    assert "evidence" in refused.value.message_dict
    fact.refresh_from_db()
    event.refresh_from_db()
    assert (fact.status, event.theme_en) == (FactStatus.OPEN, "")


def test_a_decided_fact_is_not_decided_again(superuser):
    event = EventFactory(theme_en="")
    fact = fact_about(event, "theme_en", "Green growth")
    stale = Fact.objects.get()
    confirm_fact(fact, evidence=LETTER, by=superuser)
    with pytest.raises(TransitionRefused):
        reject_fact(fact, evidence=LETTER, by=superuser)
    with pytest.raises(Conflict):
        correct_fact(stale, "Other", evidence=LETTER, by=superuser)
    event.refresh_from_db()
    assert event.theme_en == "Green growth"


def test_only_who_may_decides(reader):
    fact = fact_about(EventFactory(theme_en=""), "theme_en", "Green growth")
    with pytest.raises(PermissionDenied):
        confirm_fact(fact, evidence=LETTER, by=reader)


def test_days_records_and_lists_of_records_are_written_as_such(superuser):
    country = CountryFactory(code="VN")
    event = EventFactory(start_day=date(2025, 10, 21), end_day=None)
    confirm_fact(fact_about(event, "end_day", "2025-10-22"), evidence=LETTER, by=superuser)
    confirm_fact(fact_about(event, "country", "VN"), evidence=LETTER, by=superuser)
    confirm_fact(fact_about(event, "languages", ["en", "vi"]), evidence=LETTER, by=superuser)
    event.refresh_from_db()
    assert (event.end_day, event.country, event.languages) == (date(2025, 10, 22), country, ["en", "vi"])
    assert [present_value(event, name) for name in ("end_day", "country")] == ["2025-10-22", "VN"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("end_day", "tomorrow"), ("end_day", "2025-10-01"), ("country", "XX"), ("slug", "no slug!"), ("slug", "")],
)
def test_a_value_that_the_record_cannot_hold_is_refused_and_nothing_is_written(superuser, field, value):
    event = EventFactory(slug="forum", start_day=date(2025, 10, 21), end_day=None)
    fact = fact_about(event, field, "x")
    with pytest.raises(ValidationError):
        correct_fact(fact, value, evidence=LETTER, by=superuser)
    kept = Event.objects.get()
    fact.refresh_from_db()
    assert (kept.end_day, kept.country, kept.slug) == (None, None, "forum")
    assert fact.status == FactStatus.OPEN


def test_a_fact_about_a_record_that_is_gone_can_only_be_rejected(superuser):
    organisation = OrganisationFactory()
    fact = fact_about(organisation, "abbreviation", "MOE")
    organisation.delete()
    fact = Fact.objects.get()
    with pytest.raises(ValidationError, match="no longer exists"):
        confirm_fact(fact, evidence=LETTER, by=superuser)
    reject_fact(fact, evidence=LETTER, by=superuser)
    assert Fact.objects.get().status == FactStatus.REJECTED


def test_who_asked_is_told_of_each_decision(superuser, monkeypatch):
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(facts, "_callbacks", [])
    facts.on_fact_decided(lambda obj, *, by, at: told.append((obj, by, at)))
    event = EventFactory(theme_en="")
    confirm_fact(fact_about(event, "theme_en", "Green growth"), evidence=LETTER, by=superuser)
    assert told == [(event, superuser, Fact.objects.get().decided_at)]


def test_values_are_kept_as_json():
    assert as_stored([date(2025, 1, 2), CountryFactory(code="VN"), Decimal("30.00")]) == ["2025-01-02", "VN", "30"]


def test_an_organisation_is_found_by_its_confirmed_name(superuser):
    organisation = OrganisationFactory(name_en="Coordinating Body")
    fact = record_fact(organisation, "name_zh_hans", "协作体", grade=Grade.RECALLED, source="", is_shown=False)
    assert not Organisation.objects.named("协作体").exists()
    confirm_fact(fact, evidence=LETTER, by=superuser)
    assert Organisation.objects.named("协作体").get() == organisation
