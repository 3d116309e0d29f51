"""So many requests a minute, and no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.services.api_tokens import make_token
from tests.api_client import ROOT

pytestmark = pytest.mark.django_db


def test_a_visitor_who_asks_too_often_is_told_when_to_come_back(client, settings):
    settings.API_RATE_VISITOR = 2
    assert [client.get(ROOT).status_code for _again in range(3)] == [200, 200, 429]
    refused = client.get(ROOT)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert client.get(ROOT, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_visitors_cost_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(ROOT).status_code == 200


def test_a_token_has_a_limit_of_its_own(client, settings, manager):
    settings.API_RATE_VISITOR, settings.API_RATE_TOKEN = 1, 2
    expires_at = timezone.now() + timedelta(days=1)
    _token, secret = make_token("Mirror", scopes=[], expires_at=expires_at, owner=manager, by=manager)
    headers = {"authorization": f"Bearer {secret}"}
    assert client.get(ROOT).status_code == 200
    assert [client.get(ROOT, headers=headers).status_code for _again in range(3)] == [200, 200, 429]
