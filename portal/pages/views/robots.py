"""What search engines leave alone: personal links, sign-in, the administration; and where everything else stands."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

LINES = (
    "User-agent: *",
    "Disallow: /admin/",
    "Disallow: /*/accounts/",
    "Disallow: /*/invitations/",
    "Disallow: /*/registrations/",
    "Disallow: /*/participants/",
    "Disallow: /*/me/",
    "Disallow: /*/preview/",
    "Disallow: /*/report/",
    "Disallow: /*/search/",
)


def robots(_request: HttpRequest) -> HttpResponse:
    """robots.txt"""
    lines = (*LINES, f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
