"""Programs come with a token: what it opens, when it ends, and that nothing of it is kept."""

import hashlib
import logging
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from portal.accounts.api.permissions import HasScope
from portal.accounts.models import ApiToken
from portal.accounts.scopes import SEE_ITSELF, register_scope
from portal.accounts.services.api_tokens import coarse_network, make_token, note_use, revoke_token
from portal.core.api.views import ReadOnly
from portal.core.audit import history
from portal.core.links import API_MARK, mask_tokens
from tests.api_client import ROOT

pytestmark = pytest.mark.django_db
OWN = f"{ROOT}me/token/"


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def made(manager, officer) -> tuple[ApiToken, str]:
    expires_at = timezone.now() + timedelta(days=30)
    return make_token("Mirror", scopes=[SEE_ITSELF], expires_at=expires_at, owner=officer, by=manager)


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def assert_refused(response: Any) -> None:
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response.json()["error"]["code"] == "invalid_token"


def test_a_token_sees_itself(client, made):
    token, secret = made
    response = client.get(OWN, headers=bearer(secret))
    assert response.headers["Cache-Control"].endswith("private")
    said = response.json()
    assert (said["name"], said["scopes"]) == ("Mirror", [SEE_ITSELF])
    assert datetime.fromisoformat(said["expires_at"]) == token.expires_at


def test_only_a_digest_is_kept(made, manager):
    token, secret = made
    assert secret.startswith(API_MARK)
    assert len(secret) >= len(API_MARK) + 43  # 32 bytes
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    row = ApiToken.objects.values().get()
    assert all(secret not in str(value) for value in row.values())
    assert [(entry.action, entry.actor) for entry in history(token)] == [("added", manager)]


def test_no_two_tokens_are_alike(made, manager, officer):
    _token, other = make_token(
        "Another", scopes=[], expires_at=timezone.now() + timedelta(days=1), owner=officer, by=manager
    )
    assert other != made[1]


@pytest.mark.parametrize("written", ["", "nothing", "caep_" + "A" * 43, "ü", "a b c", "\x00"])
def test_a_wrong_token_is_refused_also_where_none_is_needed(client, made, written):
    for path in (OWN, ROOT, f"{ROOT}events/"):
        assert_refused(client.get(path, headers=bearer(written)))


def test_a_token_ends_when_its_time_comes(client, made):
    token, secret = made
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert_refused(client.get(OWN, headers=bearer(secret)))


def test_a_revoked_token_is_refused_at_once_and_stays_so(client, made, manager):
    token, secret = made
    assert revoke_token(token, by=manager)
    assert_refused(client.get(OWN, headers=bearer(secret)))
    assert not revoke_token(token, by=manager)
    assert [entry.action for entry in history(token)] == ["revoked", "added"]


def test_a_token_ends_with_the_account_of_its_owner(client, made, officer):
    officer.is_active = False
    officer.save()
    assert_refused(client.get(OWN, headers=bearer(made[1])))


def test_a_session_opens_nothing(client, officer):
    client.force_login(officer)
    response = client.get(OWN)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "not_authenticated"


class Registrations(ReadOnly):
    """As a later issue will have it."""

    permission_classes: Any = [HasScope]
    scopes: ClassVar[tuple[str, ...]] = ("registrations:read",)

    def get(self, _request: Request) -> Response:
        return Response({"count": 0})


@pytest.mark.parametrize(("scopes", "status"), [(["registrations:read"], 200), ([SEE_ITSELF], 403), ([], 403)])
def test_a_token_opens_what_its_scopes_name(manager, officer, scopes, status):
    token = ApiToken.objects.create(
        name="Desk", scopes=scopes, owner=officer, created_by=manager, expires_at=timezone.now() + timedelta(days=1),
        digest=hashlib.sha256(b"caep_secret").hexdigest(), prefix="caep_",
    )  # fmt: skip
    request = APIRequestFactory().get("/", headers=bearer("caep_secret"))
    response = Registrations.as_view()(request)
    assert response.status_code == status
    if status == 403:
        assert response.data["error"]["code"] == "permission_denied"
        assert "registrations:read" in response.data["error"]["message"]
    assert token.scopes == scopes


def test_what_no_wing_registered_cannot_be_allowed(manager, officer):
    with pytest.raises(ValidationError, match="everything:write"):
        make_token(
            "x", scopes=["everything:write"], expires_at=timezone.now() + timedelta(1), owner=officer, by=manager
        )
    with pytest.raises(ValueError, match="known already"):
        register_scope(SEE_ITSELF, "again")


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_token_ends_within_a_year(manager, officer, days):
    with pytest.raises(ValidationError, match="366 days"):
        make_token("x", scopes=[], expires_at=timezone.now() + timedelta(days), owner=officer, by=manager)
    assert not ApiToken.objects.exists()


def test_use_is_noted_once_a_minute_and_names_a_network_only(client, made):
    token, secret = made
    client.get(OWN, headers=bearer(secret), REMOTE_ADDR="203.0.113.77")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    assert token.last_used_network == "203.0.113.0/24"
    client.get(OWN, headers=bearer(secret), REMOTE_ADDR="198.51.100.7")
    token.refresh_from_db()
    assert (token.last_used_at, token.last_used_network) == (first, "203.0.113.0/24")
    note_use(token, address="198.51.100.7", at=first + timedelta(minutes=1))
    token.refresh_from_db()
    assert token.last_used_network == "198.51.100.0/24"


def test_a_token_takes_one_query_and_its_limit_six(client, made, django_assert_num_queries):
    token, secret = made
    note_use(token, address="203.0.113.77")
    client.get(OWN, headers=bearer(secret))  # makes the row of its count
    with django_assert_num_queries(7) as taken:
        client.get(OWN, headers=bearer(secret))
    assert sum("accounts_apitoken" in query["sql"] for query in taken) == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", ""), ("unknown", "")],
)
def test_a_network_is_wide_enough_to_name_no_person(address, network):
    assert coarse_network(address) == network


def test_no_token_reaches_a_log(client, made, caplog):
    _token, secret = made
    assert secret not in mask_tokens(f"GET /api/v1/?token={secret} 400")
    assert mask_tokens(secret).startswith(secret[:13])
    with caplog.at_level(logging.INFO):
        client.get(f"{ROOT}events/?token={secret}")
        client.get(OWN, headers=bearer(f"{secret}x"))
    assert secret not in caplog.text


def test_a_moment_of_expiry_is_told_with_its_offset(client, made):
    token, secret = made
    ApiToken.objects.filter(pk=token.pk).update(expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert client.get(OWN, headers=bearer(secret)).json()["expires_at"] == "2099-01-01T00:00:00+00:00"
