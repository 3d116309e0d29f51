"""Every address of the API."""

from django.urls import URLPattern, path

from forums.api.views import Events, Sessions
from portal.accounts.api.views import OwnToken
from portal.core.api.views import routes
from portal.core.pagecache import public_page
from portal.directory.api.views import Countries, Organisations
from portal.library.api.views import Mandates, Results, Strands, Themes
from portal.pages.api.views import Nowhere, Root, Schema, docs

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("", public_page(Root.as_view()), name="root"),
    path("schema/", public_page(Schema.as_view()), name="schema"),
    path("docs/", docs, name="docs"),
    *routes(Events, "events", "event"),
    *routes(Sessions, "sessions", "session"),
    *routes(Results, "results", "result"),
    *routes(Organisations, "organisations", "organisation"),
    *routes(Countries, "countries", "country"),
    *routes(Themes, "themes", "theme"),
    *routes(Mandates, "mandates", "mandate"),
    *routes(Strands, "strands", "strand"),
    path("me/token/", OwnToken.as_view(), name="own-token"),
    path("<path:rest>", Nowhere.as_view(), name="nowhere"),
]
