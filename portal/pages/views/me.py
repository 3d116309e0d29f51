"""What a signed-in person was invited to and registered for."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from forums.enums import PUBLIC_EVENTS, InvitationStatus
from forums.models import Event, Invitation, Registration
from forums.querysets import EventQuerySet
from portal.directory.models import Contact

EVENTS_PER_PAGE = 20


@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """The person's own events with the way to each answer; to everybody else, how to sign in."""
    contact = Contact.objects.filter(user=request.user).first() if request.user.is_authenticated else None
    page = Paginator(_events_of(contact), EVENTS_PER_PAGE).get_page(request.GET.get("page")) if contact else None
    return render(request, "pages/me.html", {"page": page, "contact": contact, "person": request.user})


def _events_of(contact: Contact) -> EventQuerySet:
    """Public events with a sent invitation or a registration of this contact, latest first."""
    invitations = Invitation.objects.filter(contact=contact, sent_at__isnull=False)
    invitations = invitations.exclude(status=InvitationStatus.WITHDRAWN).order_by("-pk")
    registrations = Registration.objects.filter(contact=contact).order_by("-pk")
    mine = Q(Exists(invitations.filter(event=OuterRef("pk")))) | Q(Exists(registrations.filter(event=OuterRef("pk"))))
    return (
        Event.objects.filter(mine, status__in=PUBLIC_EVENTS)
        .select_related("country")
        .prefetch_related(
            Prefetch("invitations", invitations, to_attr="own_invitations"),
            Prefetch("registrations", registrations, to_attr="own_registrations"),
        )
        .order_by("-start_day", "-pk")
    )
