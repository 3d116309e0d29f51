"""The history: who did what; of personal fields the names, never the values."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpResponse

from portal.core.audit import HIDDEN, actor_middleware, changed_fields, history, log
from portal.core.models import AuditEntry
from portal.core.personal import PersonalClass, personal_fields
from tests.factories import ContactFactory, EventFactory

pytestmark = pytest.mark.django_db


def test_values_of_personal_fields_are_never_stored(officer):
    contact = ContactFactory(full_name="Somchai Jaidee", email="somchai@moe.example", phone="+66 2 123")
    marked = {name: [getattr(contact, name), f"new {name} Malee"] for name in personal_fields(type(contact))}
    entry = log(contact, "change", by=officer, changes=marked | {"position": ["Director", "Minister"]})
    assert entry.changes == dict.fromkeys(marked, HIDDEN) | {"position": ["Director", "Minister"]}
    stored = json.dumps(AuditEntry.objects.values().get(), default=str, ensure_ascii=False)
    for secret in ("Somchai", "somchai@", "+66", "Malee"):
        assert secret not in stored


@pytest.mark.parametrize("model", [model for model in apps.get_models() if personal_fields(model)], ids=str)
def test_every_mark_names_a_field_that_exists_and_a_class_that_exists(model):
    for name, mark in personal_fields(model).items():
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            pytest.fail(f"{model.__name__} has no field {name}")
        assert mark in PersonalClass.values


def test_values_of_other_fields_are_kept_in_a_plain_form(officer):
    event = EventFactory()
    entry = log(
        event, "change", by=officer, changes={"start_day": [None, date(2025, 10, 21)], "is_open": [False, True]}
    )
    entry.refresh_from_db()
    assert entry.changes == {"start_day": [None, "2025-10-21"], "is_open": [False, True]}


@pytest.mark.parametrize(("by", "who"), [(None, "system"), ("invitee", "invitee")])
def test_who_acted_may_be_a_word(by, who):
    entry = log(EventFactory(), "change", by=by)
    assert (entry.who, entry.actor) == (who, None)


def test_the_signed_in_user_of_the_request_is_the_actor_and_only_during_it(rf, officer):
    event = EventFactory()

    def view(request):
        log(event, request.path)
        return HttpResponse()

    for path, user in (("/signed-in", officer), ("/stranger", AnonymousUser())):
        request = rf.get(path)
        request.user = user
        actor_middleware(view)(request)
    log(event, "/later")
    assert {entry.action: entry.who for entry in history(event)} == {
        "/signed-in": str(officer),
        "/stranger": "system",
        "/later": "system",
    }


def test_the_history_of_an_object_is_its_own_newest_first_and_costs_one_query(officer, django_assert_num_queries):
    event, other = EventFactory(), EventFactory()
    for action in ("one", "two", "three"):
        log(event, action, by=officer)
    log(other, "other", by=officer)
    with django_assert_num_queries(1):
        assert [(entry.action, entry.who) for entry in history(event)] == [
            ("three", str(officer)), ("two", str(officer)), ("one", str(officer)),
        ]  # fmt: skip


def test_changed_fields_names_what_differs():
    old, new = EventFactory.build(place="A", venue="X"), EventFactory.build(place="B", venue="X")
    assert changed_fields(old, new, ["place", "venue"]) == {"place": ["A", "B"]}
