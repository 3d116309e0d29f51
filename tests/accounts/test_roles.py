"""Roles are groups that the migrations make; what they may do is what the table says."""

import pytest
from django.contrib.auth.models import Group, Permission

from portal.accounts.roles import ROLES, role_title
from portal.accounts.services.roles import sync_roles

HEALTH = "forums.view_needs"


def permissions_of(name: str) -> set[str]:
    found = Permission.objects.filter(group__name=name).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_has_exactly_the_permissions_of_the_table(db, role):
    assert permissions_of(role.name) == role.permissions


def test_only_who_feeds_and_seats_people_reads_their_needs():
    assert {role.name for role in ROLES if HEALTH in role.permissions} == {"manager", "event officer", "logistics"}


def test_nobody_but_manager_changes_users_and_nobody_changes_roles():
    may = [(role.name, p) for role in ROLES for p in role.permissions if p.startswith(("accounts.", "auth."))]
    assert {(name, p) for name, p in may if name != "manager"} == {("event officer", "accounts.read_sign_in_code")}
    assert not [p for _, p in may if p.endswith(("_group", "_permission")) and ".view_" not in p]


def test_reading_roles_change_nothing():
    by_name = {role.name: role for role in ROLES}
    for name in ("read-only", "check-in desk"):
        assert all(".view_" in p for p in by_name[name].permissions)


def test_syncing_gives_back_what_is_missing_and_takes_away_what_is_too_much(db):
    group = Group.objects.get(name="check-in desk")
    group.permissions.set(Permission.objects.filter(codename="delete_event"))
    sync_roles("forums")
    assert {p for p in permissions_of("check-in desk") if p.startswith("forums.")} == {
        "forums.view_event",
        "forums.view_participants",
    }


def test_a_group_that_is_no_role_is_left_alone(db):
    own = Group.objects.create(name="Visitors’ tour")
    own.permissions.set(Permission.objects.filter(codename="view_event"))
    sync_roles("forums")
    assert own.permissions.count() == 1
    assert role_title(own.name) == own.name
