from datetime import date

import pytest
from django.urls import reverse

from portal.mail.admin.rules import rule_in_words
from portal.mail.models import Holiday, ReminderRule
from tests.factories import CountryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
ADD = reverse("admin:mail_reminderrule_add")
VALUES = {"kind": "test.letter", "audience": "all", "anchor": "day", "is_active": "on"}


def make_rule(hours: int = -168, scope: str = "fair:1") -> ReminderRule:
    values = {"audience": "all", "anchor": "day", "kind": "test.letter"}
    return ReminderRule.objects.create(scope=scope, offset_hours=hours, **values)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_queries_for_one_row_and_for_three(web, manager, django_assert_num_queries, rows):
    web.force_login(manager)
    country = CountryFactory()
    for day in range(rows):
        make_rule(day)
        Holiday.objects.create(country=country, day=date(2026, 12, 1 + day))
    for name, number in (("reminderrule", 7), ("holiday", 9)):
        address = reverse(f"admin:mail_{name}_changelist")
        web.get(address)
        with django_assert_num_queries(number):
            assert web.get(address).status_code == 200


@pytest.mark.parametrize(
    ("typed", "hours", "words"),
    [
        ((7, 24, "before"), -168, "7 days before: the day"),
        ((1, 24, "after"), 24, "1 day after: the day"),
        ((6, 1, "before"), -6, "6 hours before: the day"),
        ((0, 1, "after"), 0, "at the moment: the day"),
    ],
)
def test_a_rule_is_said_in_days_or_hours_before_or_after(web, typed, hours, words):
    assert "fair:1" in web.get(f"{ADD}?scope=fair:1").content.decode()
    web.post(ADD, {**VALUES, "scope": "fair:1", **dict(zip(("amount", "unit", "side"), typed, strict=True))})
    rule = ReminderRule.objects.get()
    assert (rule.offset_hours, rule_in_words(rule)) == (hours, words)
    form = web.get(reverse("admin:mail_reminderrule_change", args=[rule.pk])).context["adminform"].form
    assert form["amount"].value() * form["unit"].value() == abs(hours)


def test_a_changed_rule_is_saved_whole(web):
    rule = make_rule()
    address = reverse("admin:mail_reminderrule_change", args=[rule.pk])
    web.post(address, {**VALUES, "scope": "fair:1", "amount": 2, "unit": 24, "side": "after"})
    rule.refresh_from_db()
    assert rule.offset_hours == 48


def test_a_rule_without_an_event_is_refused_with_the_way_to_go(web):
    answer = web.post(ADD, {**VALUES, "scope": "", "amount": 1, "unit": 24, "side": "before"})
    assert ReminderRule.objects.count() == 0
    assert answer.status_code == 200
