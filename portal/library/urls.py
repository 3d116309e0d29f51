"""Addresses of the library."""

from django.urls import URLPattern, path

from portal.library.views import preview, records, report, results

app_name = "library"
urlpatterns: list[URLPattern] = [
    path("programme/mandates/<slug:slug>/", records.mandate, name="mandate"),
    path("programme/strands/<slug:slug>/", records.strand, name="strand"),
    path("results/", results.results, name="results"),
    path("results/documents/<slug:slug>/", records.document, name="document"),
    path("results/documents/<slug:slug>/<slug:language>/", records.document_file, name="document-file"),
    path("search/", results.search, name="search"),
    path("report/<slug:public_id>/", report.report, name="report"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("preview/<str:token>/<slug:language>/", preview.preview_file, name="preview-file"),
]
