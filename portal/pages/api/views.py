"""The door of the API: what there is, its schema, its page for people."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.filters import LANGUAGE
from portal.core.api.languages import languages_of
from portal.core.api.views import ReadOnly
from portal.core.pagecache import public_page
from portal.pages.api.reading import chapters

RESOURCES = ("events", "sessions", "results", "organisations", "countries", "themes", "mandates", "strands")
NOWHERE = "api:nowhere"


class Root(ReadOnly):
    """Where everything is."""

    permission_classes: Any = [AllowAny]

    @extend_schema(
        responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}},
        tags=["about"],
        operation_id="root",
    )
    def get(self, _request: Request) -> Response:
        return Response(
            {name: f"{settings.BASE_URL}{reverse(f'api:{name}')}" for name in (*RESOURCES, "schema", "docs")}
        )


class Schema(ReadOnly):
    """This description, as OpenAPI 3."""

    permission_classes: Any = [AllowAny]

    @extend_schema(
        responses={200: {"type": "object", "additionalProperties": {}}}, tags=["about"], operation_id="schema"
    )
    def get(self, _request: Request) -> Response:
        return Response(schema())


@extend_schema(exclude=True)
class Nowhere(ReadOnly):
    """Any other address under the API: an error in its own shape, or the way to the address with a slash."""

    permission_classes: Any = [AllowAny]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.path.endswith("/") and _is_known(f"{request.path}/"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
        return super().dispatch(request, *args, **kwargs)

    def get(self, _request: Request, **_parts: str) -> Response:
        raise Http404


def _is_known(path: str) -> bool:
    try:
        return resolve(path).view_name != NOWHERE
    except Resolver404:
        return False


@cache
def schema() -> dict[str, Any]:
    """The API in the words of OpenAPI. It changes with the code alone, so a process makes it once."""
    with translation.override("en"):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@public_page(parameters=(LANGUAGE.name,))
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The schema as a page. It is in English, as the schema is; what stands around it is in the reader's language."""
    languages = languages_of(request)
    with translation.override(languages.active):
        context = {"schema": schema(), "chapters": chapters(schema()), "rate": settings.API_RATE_VISITOR}
        response = render(request, "pages/api.html", context)
    response.headers["Content-Language"] = languages.active
    return response
