"""My portal: what a signed-in person was invited to and registered for, what we hold of them, and the next step."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from forums.enums import PUBLIC_EVENTS, InvitationStatus, PaperAccess, RegistrationStatus
from forums.models import Event, EventPaper, Invitation, ProgrammeRelease, Registration
from forums.querysets import EventQuerySet
from forums.services.consents import PURPOSES
from forums.views.facts import why_closed, why_no_answer
from forums.views.papers import is_invited
from portal.core.models import Consent
from portal.core.templatetags.portal import worded
from portal.core.times import office_day
from portal.directory.models import Contact, FocalPoint

EVENTS_PER_PAGE = 20


@dataclass(frozen=True)
class Step:
    """What the person does next; without an address there is nothing to do."""

    text: str
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class Paper:
    """One paper in one language, by the person's own link."""

    title: str
    url: str
    language: str


@dataclass(frozen=True)
class MyEvent:
    """An event as it concerns the person."""

    event: Event
    invitations: list[Invitation]
    registrations: list[Registration]
    step: Step
    papers: list[Paper]


@dataclass(frozen=True)
class Agreement:
    """The last answer to one question of consent."""

    event: Event
    purpose: str
    consent: Consent


@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """The person's own page; to everybody else, how to sign in."""
    contact = _contact_of(request.user) if request.user.is_authenticated else None
    page = Paginator(_events_of(contact), EVENTS_PER_PAGE).get_page(request.GET.get("page")) if contact else None
    events = list(page.object_list) if page else []
    at = timezone.now()
    context = {
        "person": request.user,
        "contact": contact,
        "page": page,
        "mine": [_my_event(event, at) for event in events],
        "agreements": _agreements(events),
        "designations": _designations(contact, at),
    }
    return render(request, "pages/me.html", context)


def _contact_of(user: Any) -> Contact | None:
    return Contact.objects.filter(user=user).select_related("organisation", "country").first()


def _events_of(contact: Contact) -> EventQuerySet:
    """Public events with a sent invitation or a registration of this contact, latest first."""
    invitations = Invitation.objects.filter(contact=contact, sent_at__isnull=False)
    invitations = invitations.exclude(status=InvitationStatus.WITHDRAWN).order_by("-pk")
    registrations = Registration.objects.filter(contact=contact).order_by("-pk")
    mine = Q(Exists(invitations.filter(event=OuterRef("pk")))) | Q(Exists(registrations.filter(event=OuterRef("pk"))))
    released = ProgrammeRelease.objects.filter(event=OuterRef("pk"), is_current=True)
    return (
        Event.objects.filter(mine, status__in=PUBLIC_EVENTS)
        .annotate(has_programme=Exists(released))
        .select_related("country")
        .prefetch_related(
            Prefetch("invitations", invitations, to_attr="own_invitations"),
            Prefetch("registrations", registrations, to_attr="own_registrations"),
            Prefetch("papers", EventPaper.objects.prefetch_related("files")),
        )
        .order_by("-start_day", "-pk")
    )


def _my_event(event: Any, at: datetime) -> MyEvent:
    invitations, registrations = event.own_invitations, event.own_registrations
    step = _step(event, invitations, registrations, at)
    return MyEvent(event, invitations, registrations, step, _papers(event, [*registrations, *invitations]))


def _step(event: Event, invitations: list[Invitation], registrations: list[Registration], at: datetime) -> Step:
    """The next step follows from the latest registration, and without one from the latest invitation."""
    if registrations:
        return _registration_step(event, registrations[0], at)
    invitation = invitations[0]
    address = reverse("forums:invitation", args=[invitation.token])
    closed = why_no_answer(invitation, at)
    if closed:
        return Step(closed)
    if invitation.status == InvitationStatus.PENDING:
        return Step(_("Please answer the invitation."), address, _("Answer"))
    if invitation.status == InvitationStatus.ACCEPTED:
        return Step(_("You accepted. Please register now."), address, _("Register"))
    return Step(_("You can still change your answer."), address, _("Open"))


def _registration_step(event: Event, registration: Registration, at: datetime) -> Step:
    address, closed = reverse("forums:registration", args=[registration.token]), why_closed(event, at)
    if registration.status == RegistrationStatus.DRAFT and not closed:
        return Step(_("Your registration is not sent yet."), address, _("Continue"))
    words = {
        RegistrationStatus.DRAFT: closed,
        RegistrationStatus.PENDING: _("Nothing to do: the organising office decides and writes to you."),
        RegistrationStatus.WAITLISTED: _("Nothing to do: we write as soon as a seat is free."),
        RegistrationStatus.CONFIRMED: closed or _("You have a place. You can look up or change what you sent."),
        RegistrationStatus.REJECTED: _("This registration was not accepted."),
        RegistrationStatus.CANCELLED: _("You cancelled. Until registration closes you can come back."),
    }
    is_cancelled = registration.status == RegistrationStatus.CANCELLED
    text = closed if is_cancelled and closed else words[RegistrationStatus(registration.status)]
    return Step(text, address, _("Open"))


def _papers(event: Event, links: Iterable[Invitation | Registration]) -> list[Paper]:
    """What the person may open: by the first link of theirs that counts, else the public papers alone."""
    link = next((link for link in links if is_invited(link)), None)
    found = []
    for paper in event.papers.all():
        for file in paper.files.all():
            if link is not None:
                name = "forums:registration-paper" if isinstance(link, Registration) else "forums:invitation-paper"
                url = reverse(name, args=[link.token, paper.pk, file.language])
            elif paper.access == PaperAccess.PUBLIC:
                url = reverse("forums:paper", args=[event.slug, paper.pk, file.language])
            else:
                continue
            found.append(Paper(worded(paper, "title") or str(paper), url, file.get_language_display()))
    return found


def _agreements(events: Iterable[Any]) -> list[Agreement]:
    """The last answer to each question, of the registrations on the page."""
    owners = {str(registration.pk): event for event in events for registration in event.own_registrations}
    if not owners:
        return []
    content_type = ContentType.objects.get_for_model(Registration)
    rows = Consent.objects.filter(content_type=content_type, object_id__in=owners).select_related("text_version")
    latest: dict[str, dict[str, Consent]] = defaultdict(dict)
    for consent in rows.order_by("at", "pk"):
        latest[consent.object_id][consent.purpose] = consent
    return [
        Agreement(event, str(PURPOSES.get(purpose, purpose)), consent)
        for number, event in owners.items()
        for purpose, consent in latest[number].items()
    ]


def _designations(contact: Contact | None, at: datetime) -> list[FocalPoint]:
    """For whom the person is a focal point today."""
    if contact is None:
        return []
    valid = FocalPoint.objects.filter(contact=contact).valid_on(office_day(at))
    return list(valid.select_related("country", "organisation"))
