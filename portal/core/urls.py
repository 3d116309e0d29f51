"""Addresses."""

from django.contrib import admin
from django.urls import path

from portal.core.views import files, jobs

app_name = "core"
staff = admin.site.admin_view
urlpatterns = [
    path("files/<str:public_id>/", files.stored_file, name="file"),
    path("jobs/<str:public_id>/", staff(jobs.job_page), name="job"),
    path("jobs/<str:public_id>/progress/", staff(jobs.job_progress), name="job-progress"),
    path("jobs/<str:public_id>/confirm/", staff(jobs.job_confirm), name="job-confirm"),
    path("jobs/<str:public_id>/cancel/", staff(jobs.job_cancel), name="job-cancel"),
    path("jobs/<str:public_id>/refused.xlsx", staff(jobs.job_refused), name="job-refused"),
]
