"""The views of the API. A resource is read only; what is public is cached like a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from portal.core.api.filters import LANGUAGE, DeclaredFilters, Filter, read_parameters
from portal.core.api.languages import languages_of
from portal.core.api.pages import PAGE, PAGE_SIZE, Pages
from portal.core.pagecache import public_page, valid_until


@method_decorator(conditional_page, name="dispatch")
class ReadOnly(APIView):
    """In the language asked for, and nothing but the parameters that it declares.

    Every answer has an ETag: from the page cache, or, where that is passed by, from its body.
    """

    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.languages = languages_of(request)
        with translation.override(self.languages.active):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = self.languages.header
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.read_query(request)

    def read_query(self, request: Request) -> None:
        """Refuse parameters that this address does not know."""
        read_parameters(request.query_params, ())


class PublicResource(ReadOnly, ReadOnlyModelViewSet):
    """A list and its records, for everybody. ``filters`` narrow the list."""

    permission_classes: Any = [AllowAny]
    filter_backends: Any = [DeclaredFilters]
    pagination_class: Any = Pages
    filters: ClassVar[Sequence[Filter]] = ()
    detail_serializer_class: Any = None

    def read_query(self, request: Request) -> None:
        if self.action == "list":
            self.chosen = read_parameters(request.query_params, self.filters, (PAGE, PAGE_SIZE))
            valid_until(request._request, self.changes_after(timezone.now()))
        elif self.action:
            read_parameters(request.query_params, ())
            valid_until(request._request, self.changes_after(timezone.now()))

    def changes_after(self, at: datetime) -> datetime | None:  # noqa: ARG002 - for those that change by the clock
        """The next instant at which the clock alone changes the answer (for the page cache)."""
        return None

    def get_serializer_class(self) -> Any:
        is_detail = self.action == "retrieve" and self.detail_serializer_class
        return self.detail_serializer_class if is_detail else self.serializer_class

    def get_serializer_context(self) -> dict[str, Any]:
        # The schema is made from views that nobody asked anything.
        return {**super().get_serializer_context(), "languages": getattr(self, "languages", None)}


def routes(resource: type[PublicResource], plural: str, singular: str) -> list[URLPattern]:
    """The addresses of a resource: ``<plural>/`` and ``<plural>/<its lookup field>/``, cached as public pages."""
    names = [one.name for one in (*resource.filters, LANGUAGE)]
    cached = public_page(parameters=(*names, PAGE, PAGE_SIZE))
    field = resource.lookup_field
    return [
        path(f"{plural}/", cached(resource.as_view({"get": "list"})), name=plural),
        path(f"{plural}/<slug:{field}>/", cached(resource.as_view({"get": "retrieve"})), name=singular),
    ]
