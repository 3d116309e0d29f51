"""A site of a few views behind the page cache, and a browser for it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path

from portal.core.models import TextVersion
from portal.core.pagecache import PageCache, content_changed, public_page, valid_until

BOUNDARY = datetime(2026, 6, 1, tzinfo=UTC)


@public_page(parameters=("kind",))
def page(request: HttpRequest) -> HttpResponse:
    title = TextVersion.objects.values_list("title_en", flat=True).get()
    return HttpResponse(f"<p>{title} {request.GET.urlencode()} {request.headers.get('HX-Request', '')}</p>" * 20)


@public_page
def bounded(request: HttpRequest) -> HttpResponse:
    valid_until(request, None)
    valid_until(request, BOUNDARY)
    valid_until(request, BOUNDARY.replace(year=2027))
    return HttpResponse("open")


@public_page
def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("hello")
    response.set_cookie("seen", "1")
    return response


@public_page
def with_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.session.get("name")))


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no", status=404)


@public_page
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse([b"a", b"b"])


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


urlpatterns = [
    path("bare/", page),
    *i18n_patterns(
        path("page/", page),
        path("bounded/", bounded),
        path("cookie/", with_cookie),
        path("session/", with_session),
        path("missing/", missing),
        path("streamed/", streamed),
        path("private/", private),
    ),
]


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.body = int(status[:3]), body
        self.headers = {name.lower(): value for name, value in headers}


class Site:
    """A browser for a WSGI application. ``rendered`` counts the requests that reached Django."""

    def __init__(self) -> None:
        self.rendered = 0
        self.language = "/en"
        self.now = datetime(2026, 5, 1, tzinfo=UTC).timestamp()
        self.handler = WSGIHandler()
        self.cache = PageCache(self.count, clock=lambda: self.now)

    def count(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.rendered += 1
        return self.handler(environ, start_response)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        request = RequestFactory(headers={name.replace("_", "-"): value for name, value in headers.items()})
        environ = request.generic(method, self.language + address).environ
        kept: list[Any] = []
        body = self.cache(environ, lambda *args: kept.extend(args))
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
        return Answer(kept[0], kept[1], content)


def change(text: TextVersion, title: str) -> None:
    with transaction.atomic():
        text.title_en = title
        text.save(update_fields=["title_en"])
        content_changed()


def change_and_fail() -> None:
    with suppress(RuntimeError), transaction.atomic():
        content_changed()
        raise RuntimeError
