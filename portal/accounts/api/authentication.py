"""Programs come with ``Authorization: Bearer …``. A session opens nothing in the API."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from portal.accounts.models import ApiToken
from portal.accounts.services.api_tokens import find_token, note_use

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """``request.auth`` is the token, ``request.user`` its owner or nobody."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """None without a bearer token; 401 for one that opens nothing, without a word about why."""
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = find_token(secret.strip())
        if token is None:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked."), "invalid_token")
        note_use(token, address=BaseThrottle().get_ident(request) or "")
        return token.owner or AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - REST framework's signature
        return f'{SCHEME} realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):
    """Tells the schema of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - drf-spectacular's signature
        return {"type": "http", "scheme": "bearer", "description": "A token that the organising office made for you."}
