"""Every address of the portal. Pages carry the language first."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from forums.views.feeds import events_calendar
from portal.library.views.feeds import results_feed
from portal.pages.views.health import healthz, readyz
from portal.pages.views.robots import robots
from portal.pages.views.sitemap import sitemap, sitemap_part

handler400 = "portal.pages.views.errors.bad_request"
handler404 = "portal.library.views.past.page_not_found"
handler500 = "portal.pages.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap-part"),
    path("feeds/<slug:language>/results.atom", results_feed, name="results-feed"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("portal.api_urls")),
    path("feeds/events.ics", events_calendar, name="events-calendar"),
    path("", include("portal.core.urls")),
    *i18n_patterns(
        path("accounts/", include("portal.accounts.urls")),
        path("", include("portal.pages.urls")),
        path("", include("portal.library.urls")),
        path("", include("forums.urls")),
    ),
]
