"""How many requests a minute the API answers.

Visitors are counted in the memory of each process, never in the database: what the page cache answers does not reach
this at all, a write for every other look would cost more than the answer, and the table of the cache holds sign-in
codes, which a flood of addresses must not crowd out. So a limit holds per process. Tokens are few and known; their
counts lie in the database and hold for the whole installation.
"""

from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class VisitorThrottle(SimpleRateThrottle):
    """By address, for requests without a token."""

    scope = "api-visitor"
    cache = caches["memory"]

    def get_rate(self) -> str:
        return f"{settings.API_RATE_VISITOR}/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:  # noqa: ARG002 - REST framework's signature
        return None if request.auth else f"{self.scope}:{self.get_ident(request)}"


class TokenThrottle(SimpleRateThrottle):
    """By token."""

    scope = "api-token"

    def get_rate(self) -> str:
        return f"{settings.API_RATE_TOKEN}/min"

    def get_cache_key(self, request: Request, view: Any) -> str | None:  # noqa: ARG002 - REST framework's signature
        return f"{self.scope}:{request.auth.pk}" if request.auth else None
