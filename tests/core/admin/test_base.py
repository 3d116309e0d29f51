"""What every admin has from the base: only changes are saved, bulk actions report, history reads as sentences."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.translation import ngettext_lazy

from portal.accounts.models import User
from portal.core.admin.base import run_each
from portal.core.admin.history import history_rows
from portal.core.audit import history, log
from portal.core.workflow import Conflict, TransitionRefused

DONE = ngettext_lazy("%(count)d done.", "%(count)d done.", "count")


class Refused(Exception):
    """A domain error, with words for the officer."""


@pytest.fixture
def posted(rf, manager):
    request = rf.post("/admin/")
    request.user, request.session = manager, {}
    request._messages = FallbackStorage(request)
    return request


def said(request) -> list[str]:
    return [str(message) for message in get_messages(request)]


def test_saving_writes_what_changed_and_leaves_what_moved_meanwhile(posted, officer):
    site_admin = admin.site.get_model_admin(User)
    opened = site_admin.get_object(posted, str(officer.pk))
    User.objects.filter(pk=officer.pk).update(language="zh-hans")
    opened.name = "Another"
    site_admin.save_model(posted, opened, None, change=True)
    officer.refresh_from_db()
    assert (officer.name, officer.language) == ("Another", "zh-hans")


def test_each_of_many_is_done_in_its_own_transaction_and_reported(posted):
    reasons = [
        TransitionRefused("x"),
        Conflict(),
        PermissionDenied(),
        ValidationError("The day is over."),
        Refused("The event is full."),
    ]
    people = [User.objects.create_user(f"p{n}@office.example", name=f"P{n}") for n in range(len(reasons))]
    faults = {user.pk: reason for user, reason in zip(people, reasons, strict=True)}

    def do(user: User) -> None:
        User.objects.filter(pk=user.pk).update(name="Done")
        if user.pk in faults:
            raise faults[user.pk]

    report = run_each(posted, User.objects.order_by("pk"), do, done=DONE, refusals=(Refused,))
    assert report.done == 1
    assert list(User.objects.filter(name="Done")) == [posted.user]
    assert said(posted) == [
        "1 done.",
        "1 skipped – not possible in its present state: P0",
        "1 skipped – somebody else changed it first; look at it again: P1",
        "1 skipped – your role does not allow it: P2",
        "1 skipped – The day is over.: P3",
        "1 skipped – The event is full.: P4",
    ]


def test_many_skipped_for_one_reason_are_counted_and_the_first_ten_named(posted):
    names = [User(name=f"P{n}") for n in range(13)]

    def refuse(_user: User) -> None:
        raise Conflict

    run_each(posted, names, refuse, done=DONE)
    assert said(posted)[0].startswith("13 skipped")
    assert said(posted)[0].endswith("P8, P9 and 3 more")


def test_an_unforeseen_error_is_not_hidden(posted, officer):
    with pytest.raises(ZeroDivisionError):
        run_each(posted, [officer], lambda _: 1 / 0, done=DONE)


def test_choosing_nobody_says_so(posted):
    run_each(posted, User.objects.none(), print, done=DONE)
    assert said(posted) == ["Nothing was chosen, nothing was done."]


def test_history_reads_in_the_language_and_zone_of_the_reader(officer, manager):
    desk, editor = Group.objects.get(name="check-in desk"), Group.objects.get(name="editor")
    log(
        officer,
        "changed",
        by=manager,
        at=datetime(2026, 3, 1, 1, 0, tzinfo=UTC),
        changes={
            "is_staff": [False, True],
            "groups": [[desk.pk], [editor.pk]],
            "email": ["a@b.example", "c@b.example"],
        },
    )
    with translation.override("en"), timezone.override("Asia/Bangkok"):
        (row,) = history_rows(User, history(officer), {})
    assert row.at == "1 March 2026, 08:00 Bangkok time (UTC+7)"
    assert (row.who, row.action) == ("Manager", "changed")
    shown = {change.label: (change.old, change.new, change.is_hidden) for change in row.changes}
    assert shown["May enter the administration"] == ("no", "yes", False)
    assert shown["Groups"] == ("check-in desk", "editor", False)
    assert shown["E-mail address"] == ("", "", True)


def test_steps_of_a_workflow_are_named_by_the_admin_that_knows_them(officer):
    log(officer, "confirm", by="invitee")
    (row,) = history_rows(User, history(officer), {"confirm": "confirmed"})
    assert (row.who, row.action) == ("invitee", "confirmed")


def test_a_note_stands_in_the_words_of_its_action_where_they_have_a_place_for_it(officer):
    log(officer, "release", note="60")
    log(officer, "changed", note="import")
    log(officer, "changed", note="She asked for it.")
    rows = history_rows(User, history(officer), {"release": "released, sessions: {note}"})
    assert {(row.action, row.note) for row in rows} == {
        ("released, sessions: 60", ""),
        ("changed", "by import"),
        ("changed", "She asked for it."),
    }


def test_history_of_relations_costs_one_query_each_however_long(officer, django_assert_num_queries):
    groups = [group.pk for group in Group.objects.all()]
    for _ in range(20):
        log(officer, "changed", changes={"groups": [groups[:1], groups]})
    with django_assert_num_queries(2):
        history_rows(User, list(history(officer)), {})


def test_history_of_an_added_row_shows_its_empty_relations_as_empty(officer):
    log(officer, "added", changes={"groups": ["", ""], "name": ["", "Officer"]})
    (row,) = history_rows(User, history(officer), {})
    assert [change.new for change in row.changes if change.label == "Groups"] == ["–"]


@pytest.mark.parametrize(
    "lookup",
    [
        "forums/registration/?diet=halal",
        "forums/registration/?access_needs__icontains=wheelchair",
        "accounts/user/?password__startswith=md5",
        "mail/outboxmessage/?to_email__startswith=a",
    ],
)
def test_no_list_is_filtered_by_a_field_that_it_does_not_offer(client, superuser, lookup):
    """By asking often enough one reads a field that no page shows."""
    client.force_login(superuser)
    assert client.get(f"/admin/{lookup}").status_code == 400
