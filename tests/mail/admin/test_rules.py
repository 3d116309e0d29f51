from datetime import date

import pytest
from django.urls import reverse

from portal.mail.admin.rules import rule_in_words
from portal.mail.models import Holiday, ReminderRule
from tests.factories import CountryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


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
    ("hours", "words"),
    [
        (-168, "7 days before: the day"),
        (24, "1 day after: the day"),
        (-6, "6 hours before: the day"),
        (0, "at the moment: the day"),
    ],
)
def test_a_rule_is_said_in_days_or_hours_before_or_after(hours, words):
    assert rule_in_words(make_rule(hours)) == words


def test_rules_are_only_looked_at_here(web):
    rule = make_rule()
    assert "7 days before" in web.get(reverse("admin:mail_reminderrule_changelist")).content.decode()
    page = reverse("admin:mail_reminderrule_change", args=[rule.pk])
    assert web.get(page).status_code == 200
    addresses = (
        page,
        reverse("admin:mail_reminderrule_add"),
        reverse("admin:mail_reminderrule_delete", args=[rule.pk]),
    )
    assert [web.post(address, {"post": "yes"}).status_code for address in addresses] == [403, 403, 403]
    assert ReminderRule.objects.get().offset_hours == rule.offset_hours
