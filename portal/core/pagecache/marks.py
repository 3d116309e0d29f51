"""How a view tells the cache about its page: marks in the WSGI environment, which never leave the process."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

View = Callable[..., HttpResponseBase]

PUBLIC = "portal.public_page"
UNTIL = "portal.valid_until"
ONE_LANGUAGE = "portal.one_language"
# Query parameters that make another page. One that no view has declared keeps its request out of the cache.
declared_parameters: set[str] = {"page", "q", "year"}


def public_page(view: View | None = None, *, parameters: tuple[str, ...] = (), has_one_language: bool = False) -> Any:
    """Decorator: this view's answer to GET is the same for everybody who asks for the same address.

    ``@public_page`` or ``@public_page(parameters=("kind", "country"))`` for query parameters beside page, q and year.
    ``has_one_language``: whatever the reader prefers, the address alone decides (feeds, the map of the site), although
    it does not begin with a language.
    The template may use no ``user``, ``perms``, ``messages`` or ``csrf_token``; a page that sets a cookie or varies by
    one is never kept.
    """
    declared_parameters.update(parameters)

    def mark(marked: View) -> View:
        @wraps(marked)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = marked(request, *args, **kwargs)
            if request.method in {"GET", "HEAD"}:
                request.META[PUBLIC] = True
                request.META[ONE_LANGUAGE] = has_one_language
                patch_cache_control(response, no_cache=True)  # browsers keep it, but ask each time: 304 is cheap
                patch_vary_headers(response, ["HX-Request"])
            return response

        return wrapper

    return mark if view is None else mark(view)


def valid_until(request: HttpRequest, instant: datetime | None) -> None:
    """Declare that the page changes by itself at ``instant`` (a deadline, midnight at the venue); None says nothing.

    The earliest of several calls counts.
    """
    if instant is not None:
        moment = instant.timestamp()
        request.META[UNTIL] = min(moment, request.META.get(UNTIL, moment))
