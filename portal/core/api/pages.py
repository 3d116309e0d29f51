"""Lists come in pages of at most a hundred."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.api.errors import Refused

PAGE, PAGE_SIZE = "page", "page_size"
ROWS, MOST_ROWS = 20, 100
DIGITS = 9  # of a number that is read at all


class Pages(BasePagination):
    """``?page=`` and ``?page_size=``; a page that does not exist is 404 and names the last one."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:  # noqa: ARG002 - REST framework's signature
        size = _number(request, PAGE_SIZE, ROWS)
        if not 1 <= size <= MOST_ROWS:
            raise _wrong(PAGE_SIZE, f"1–{MOST_ROWS}")
        number = _number(request, PAGE, 1)
        paginator = Paginator(queryset, size)
        if not 1 <= number <= paginator.num_pages:
            message = _("There is no page %(number)d; the last is page %(last)d.")
            raise Refused(
                "no_such_page",
                message % {"number": number, "last": paginator.num_pages},
                allowed={PAGE: [f"1–{paginator.num_pages}"]},
                status_code=404,
            )
        self.request, self.page = request, paginator.page(number)
        return list(self.page)

    def get_paginated_response(self, data: Any) -> Response:
        page = self.page
        return Response(
            {
                "count": page.paginator.count,
                "next": self._link(page.number + 1) if page.has_next() else None,
                "previous": self._link(page.number - 1) if page.has_previous() else None,
                "results": data,
            }
        )

    def _link(self, number: int) -> str:
        query = {**self.request.query_params.dict(), PAGE: number}
        return f"{settings.BASE_URL}{self.request.path}?{urlencode(query)}"

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Rows on all pages together.", "example": 1},
                "next": {**link, "description": "The next page, if there is one.", "example": None},
                "previous": {**link, "description": "The page before, if there is one.", "example": None},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:  # noqa: ARG002 - drf-spectacular's signature
        def one(name: str, about: str, **schema: Any) -> dict[str, Any]:
            return {
                "name": name,
                "in": "query",
                "required": False,
                "description": about,
                "schema": {"type": "integer", "minimum": 1, **schema},
            }

        return [
            one(PAGE, "Which page, from 1."),
            one(PAGE_SIZE, "Rows on a page.", maximum=MOST_ROWS, default=ROWS),
        ]


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise _wrong(name, "1–" + (str(MOST_ROWS) if name == PAGE_SIZE else "…"))
    return int(text)


def _wrong(name: str, allowed: str) -> Refused:
    return Refused(
        "invalid_parameters",
        _("Some parameters are not right."),
        fields={name: _("This is not a number that is allowed here.")},
        allowed={name: [allowed]},
    )
