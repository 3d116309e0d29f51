"""Addresses of the roof."""

from django.urls import URLPattern, path

from portal.pages.views.about import about
from portal.pages.views.contact import contact
from portal.pages.views.history import history
from portal.pages.views.home import home
from portal.pages.views.me import me
from portal.pages.views.privacy import privacy
from portal.pages.views.styleguide import styleguide

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("about/", about, name="about"),
    path("contact/", contact, name="contact"),
    path("programme/", history, name="history"),
    path("privacy/", privacy, name="privacy"),
    path("me/", me, name="me"),
    path("styleguide/", styleguide, name="styleguide"),
]
