"""Answers are JSON. Who asks for anything else is told so in JSON."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from portal.core.api.errors import Refused

JSON = "json"


class JsonOnly(DefaultContentNegotiation):
    """As REST framework's, with 406 for an unknown ``?format=`` as well."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        try:
            found: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        except exceptions.NotAcceptable as error:
            raise _not_acceptable() from error
        return found

    def filter_renderers(self, renderers: Any, format: str) -> list[BaseRenderer]:  # noqa: A002 - REST framework's name
        if format != JSON:
            raise _not_acceptable()
        return list(renderers)


def _not_acceptable() -> Refused:
    return Refused("not_acceptable", _("Answers come as JSON only."), allowed={"format": [JSON]}, status_code=406)
