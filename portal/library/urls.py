"""Addresses of the library."""

from django.urls import URLPattern, path

from portal.library.views import records

app_name = "library"
urlpatterns: list[URLPattern] = [
    path("programme/mandates/<slug:slug>/", records.mandate, name="mandate"),
    path("programme/strands/<slug:slug>/", records.strand, name="strand"),
    path("results/documents/<slug:slug>/", records.document, name="document"),
]
