"""What search engines leave alone: personal links, sign-in, the administration."""

from django.http import HttpRequest, HttpResponse

LINES = (
    "User-agent: *",
    "Disallow: /admin/",
    "Disallow: /*/accounts/",
    "Disallow: /*/invitations/",
    "Disallow: /*/registrations/",
    "Disallow: /*/participants/",
    "Disallow: /*/me/",
)


def robots(_request: HttpRequest) -> HttpResponse:
    """robots.txt"""
    return HttpResponse("\n".join(LINES) + "\n", content_type="text/plain")
