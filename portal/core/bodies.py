"""Turns away bodies that are far too big before a byte of them is read."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

# A file somewhat too big is read and refused beside its field, with everything typed; only a flood ends here.
FILES_AT_ONCE = 3


def body_limit_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """400 for a body of more than three of the biggest files: Django itself limits everything but files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > FILES_AT_ONCE * settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("The body is too big.")
        return get_response(request)

    return middleware
