"""Addresses of forums."""

from django.urls import URLPattern, path

from forums.views import (
    event_page,
    invitation,
    links,
    open_registration,
    outcomes,
    papers,
    programme,
    public,
    registration,
    registration_step,
)

app_name = "forums"
urlpatterns: list[URLPattern] = [
    path("forums/", public.event_list, name="events"),
    path("forums/<slug:slug>/", event_page.event_detail, name="event"),
    path("forums/<slug:slug>/outcomes/", outcomes.outcome_page, name="outcomes"),
    path("forums/<slug:slug>/participants/", public.participant_list, name="participants"),
    path("forums/<slug:slug>/papers/<key:paper>/<slug:language>/", public.public_paper, name="paper"),
    path("forums/<slug:slug>/programme/", programme.programme, name="programme"),
    path("forums/<slug:slug>/programme.ics", programme.programme_calendar, name="programme-calendar"),
    path("forums/<slug:slug>/programme/<slug:session>.ics", programme.session_calendar, name="session-calendar"),
    path("forums/<slug:slug>/register/", open_registration.register, name="register"),
    path("invitations/<str:token>/", invitation.show, name="invitation"),
    path("invitations/<str:token>/accept/", invitation.accept, name="invitation-accept"),
    path("invitations/<str:token>/decline/", invitation.decline, name="invitation-decline"),
    path("invitations/<str:token>/unlock/", links.unlock, name="invitation-unlock"),
    path(
        "invitations/<str:token>/papers/<key:paper>/<slug:language>/", papers.invitation_paper, name="invitation-paper"
    ),
    path("registrations/<str:token>/", registration.show, name="registration"),
    path("registrations/<str:token>/send/", registration.send, name="registration-send"),
    path("registrations/<str:token>/cancel/", registration.cancel, name="registration-cancel"),
    path("registrations/<str:token>/return/", registration.come_back, name="registration-return"),
    path("registrations/<str:token>/calendar.ics", registration.calendar, name="registration-calendar"),
    path("registrations/<str:token>/photo/", registration.photo, name="registration-photo"),
    path("registrations/<str:token>/participants/", registration.participants, name="registration-participants"),
    path(
        "registrations/<str:token>/papers/<key:paper>/<slug:language>/",
        papers.registration_paper,
        name="registration-paper",
    ),
    path("registrations/<str:token>/<slug:step>/", registration_step.edit, name="registration-step"),
]
