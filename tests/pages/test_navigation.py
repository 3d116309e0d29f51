"""The sidebar of the administration shows each role its own work and nothing else."""

import pytest
from django.urls import reverse

from portal.pages.navigation import sidebar


def titles(request) -> list[str]:
    return [item["title"] for group in sidebar(request) for item in group["items"]]


@pytest.fixture
def seen_by(rf, request):
    def of(role: str) -> list[str]:
        opened = rf.get(reverse("admin:index"))
        opened.user = request.getfixturevalue(role)
        return titles(opened)

    return of


def test_a_manager_finds_accounts_and_roles(seen_by):
    assert {"Today", "Contacts", "Outbox", "Accounts", "Roles"} <= set(seen_by("manager"))


def test_an_officer_finds_no_accounts(seen_by):
    seen = seen_by("officer")
    assert "Outbox" in seen
    assert not {"Accounts", "Roles"} & set(seen)


@pytest.mark.parametrize("role", ["desk", "editor", "logistics"])
def test_who_writes_to_nobody_sees_no_outbox_and_no_contacts(seen_by, role):
    assert not {"Outbox", "Contacts", "Accounts"} & set(seen_by(role))


def test_every_page_of_the_sidebar_opens_for_who_sees_it(client, rf, manager):
    client.force_login(manager)
    opened = rf.get(reverse("admin:index"))
    opened.user = manager
    links = [item["link"] for group in sidebar(opened) for item in group["items"]]
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_the_dashboard_opens_for_every_role(client, request):
    for role in ("manager", "officer", "logistics", "desk", "editor", "reader"):
        client.force_login(request.getfixturevalue(role))
        assert client.get(reverse("admin:index")).status_code == 200
