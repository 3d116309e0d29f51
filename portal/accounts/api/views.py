"""What a token may know of itself."""

from typing import Any, ClassVar

from django.utils.cache import add_never_cache_headers
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.api.permissions import HasScope
from portal.accounts.models import ApiToken
from portal.accounts.scopes import SEE_ITSELF
from portal.core.api.examples import example
from portal.core.api.fields import Instant
from portal.core.api.views import ReadOnly


@example(
    {
        "name": "Mirror of the results",
        "scopes": ["token:read"],
        "expires_at": "2027-01-31T00:00:00+00:00",
        "last_used_at": "2026-11-21T08:00:00+00:00",
    }
)
class OwnTokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token, to whoever holds it."""

    scopes = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="What it may do.")
    expires_at = Instant()
    last_used_at = Instant(help_text="Noted at most once a minute.")

    class Meta:
        model = ApiToken
        fields = ("name", "scopes", "expires_at", "last_used_at")
        read_only_fields = fields


class OwnToken(ReadOnly):
    """The token that was presented: its name, what it may do and when it expires. Needs the scope `token:read`."""

    permission_classes: Any = [HasScope]
    scopes: ClassVar[tuple[str, ...]] = (SEE_ITSELF,)

    @extend_schema(responses=OwnTokenSerializer, tags=["me"], operation_id="me_token")
    def get(self, request: Request) -> Response:
        token: Any = request.auth
        response = Response(OwnTokenSerializer(token).data)
        add_never_cache_headers(response)
        return response
