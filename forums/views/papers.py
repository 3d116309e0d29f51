"""Papers of an event for those who hold a personal link."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from forums.enums import ACTIVE_INVITATIONS, ACTIVE_REGISTRATIONS, PaperAccess
from forums.models import Event, EventPaperFile, Invitation, Registration
from forums.views.links import invitation_page, registration_page
from portal.core.files import serve_file


def is_invited(thing: Invitation | Registration) -> bool:
    """Whether the holder of this link sees the papers for participants."""
    return thing.status in (ACTIVE_INVITATIONS if isinstance(thing, Invitation) else ACTIVE_REGISTRATIONS)


@invitation_page
def invitation_paper(request: HttpRequest, invitation: Invitation, *, paper: int, language: str) -> HttpResponseBase:
    """One paper in one language, for an invited person."""
    return _serve(request, invitation.event, paper, language, invited=is_invited(invitation))


@registration_page
def registration_paper(
    request: HttpRequest, registration: Registration, *, paper: int, language: str
) -> HttpResponseBase:
    """One paper in one language, for a participant."""
    return _serve(request, registration.event, paper, language, invited=is_invited(registration))


def _serve(request: HttpRequest, event: Event, paper: int, language: str, *, invited: bool) -> HttpResponseBase:
    files = EventPaperFile.objects.filter(paper__event=event, paper=paper, language=language)
    if not invited:
        files = files.filter(paper__access=PaperAccess.PUBLIC)
    return serve_file(request, get_object_or_404(files.select_related("file")).file)
