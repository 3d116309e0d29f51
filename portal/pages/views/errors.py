"""Pages for when nothing can be relied on: no database, no session, no language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """400 in both languages."""
    return _page("400.html", 400)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500 in both languages."""
    return _page("500.html", 500)


def _page(template: str, status: int) -> HttpResponse:
    # Rendered without the request: its context processors may be what failed.
    context = {"office_email": settings.OFFICE_EMAIL, "static_url": settings.STATIC_URL, "base_url": settings.BASE_URL}
    return HttpResponse(loader.get_template(template).render(context), status=status)
