"""Tokens in the administration: shown once, listed with their use, revoked after a question."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import ApiToken
from portal.accounts.scopes import SEE_ITSELF
from portal.accounts.services.api_tokens import make_token
from portal.core.audit import history

LIST = "/admin/accounts/apitoken/"
ADD = f"{LIST}add/"


def form(**changes) -> dict:
    day = timezone.now() + timedelta(days=30)
    values = {
        "name": "Mirror",
        "organisation": "ASEAN Centre",
        "scopes": [SEE_ITSELF],
        "expires_at_0": f"{day:%Y-%m-%d}",
        "expires_at_1": "12:00:00",
    }
    return values | changes


@pytest.fixture
def desk_of_manager(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def token(manager) -> ApiToken:
    expires_at = timezone.now() + timedelta(days=30)
    return make_token("Mirror", scopes=[SEE_ITSELF], expires_at=expires_at, owner=manager, by=manager)[0]


def test_a_new_token_is_shown_once(desk_of_manager, manager):
    response = desk_of_manager.post(ADD, form())
    secret = re.search(r"caep_[A-Za-z0-9_-]{43}", response.content.decode())[0]
    assert "no-store" in response.headers["Cache-Control"]
    made = ApiToken.objects.get()
    assert (made.organisation, made.owner, made.created_by) == ("ASEAN Centre", None, manager)
    assert [entry.action for entry in history(made)] == ["added"]
    headers = {"authorization": f"Bearer {secret}"}
    assert desk_of_manager.get("/api/v1/me/token/", headers=headers).status_code == 200
    for path in (LIST, reverse("admin:accounts_apitoken_change", args=[made.pk])):
        page = desk_of_manager.get(path).content.decode()
        assert made.prefix in page
        assert secret not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"organisation": ""}, "Say whose it is"),
        ({"scopes": []}, "This field is required"),
        ({"scopes": ["everything"]}, "everything is not one of the available choices"),
        ({"expires_at_0": "2099-01-01"}, "A token ends within 366 days"),
        ({"expires_at_0": "2001-01-01"}, "A token ends within 366 days"),
        ({"expires_at_0": ""}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(desk_of_manager, changes, said):
    response = desk_of_manager.post(ADD, form(**changes))
    assert said in response.content.decode()
    assert 'value="Mirror"' in response.content.decode()
    assert not ApiToken.objects.exists()


def test_revoking_asks_first(desk_of_manager, token):
    page = reverse("admin:accounts_apitoken_revoke", args=[token.pk])
    assert "Revoke this token?" in desk_of_manager.get(page).content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None
    response = desk_of_manager.post(page, follow=True)
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "Revoked: Mirror" in response.content.decode()


def test_only_a_manager_makes_and_ends_tokens(client, officer, token):
    client.force_login(officer)
    for path in (LIST, ADD, reverse("admin:accounts_apitoken_revoke", args=[token.pk])):
        assert client.post(path, form()).status_code == 403
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_token_is_never_changed_or_deleted(desk_of_manager, token):
    change = reverse("admin:accounts_apitoken_change", args=[token.pk])
    assert desk_of_manager.post(change, form(name="Other")).status_code == 403
    assert desk_of_manager.post(reverse("admin:accounts_apitoken_delete", args=[token.pk])).status_code == 403


def test_the_list_tells_the_state_and_is_narrowed_by_it(desk_of_manager, token, manager, officer):
    later = timezone.now() + timedelta(days=1)
    for name, changes in {
        "Expired one": {"expires_at": timezone.now()},
        "Revoked one": {"revoked_at": timezone.now()},
        "Of nobody": {"owner": officer},
    }.items():
        other, _secret = make_token(name, scopes=[], expires_at=later, owner=manager, by=manager)
        ApiToken.objects.filter(pk=other.pk).update(**changes)
    officer.is_active = False
    officer.save()
    everything = desk_of_manager.get(LIST).content.decode()
    assert all(word in everything for word in ("valid", "expired", "revoked", "account closed"))
    valid = desk_of_manager.get(f"{LIST}?state=valid").content.decode()
    ended = desk_of_manager.get(f"{LIST}?state=ended").content.decode()
    assert [name in valid for name in ("Mirror", "Expired one", "Revoked one", "Of nobody")] == [
        True,
        False,
        False,
        False,
    ]
    assert [name in ended for name in ("Mirror", "Expired one", "Revoked one", "Of nobody")] == [
        False,
        True,
        True,
        True,
    ]


def test_the_list_takes_the_same_queries_with_one_and_with_three(
    desk_of_manager, token, manager, django_assert_num_queries
):
    desk_of_manager.get(LIST)
    for _again in range(2):
        with django_assert_num_queries(6):
            desk_of_manager.get(LIST)
        for name in ("Second", "Third"):
            later = timezone.now() + timedelta(days=1)
            make_token(name, scopes=[], expires_at=later, owner=manager, by=manager)
