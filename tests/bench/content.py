"""Fills the bench's database: opening content, the demonstration, one event for each page that is measured."""

import io
from dataclasses import dataclass
from datetime import time, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus, RegistrationStatus, SessionKind, SpeakerRole
from forums.models import Category, Event, Invitation, Registration, Room, SeatPool, Session, SessionSpeaker
from forums.services.programme import release_programme
from portal.core.texts import current_text, record_consent
from portal.directory.models import Contact, Country

SESSIONS, SPEAKERS, ROOMS, SESSIONS_A_DAY = 60, 80, 3, 30
PEOPLE = 400


@dataclass(frozen=True)
class Content:
    """The addresses of what is measured."""

    event: Event
    drafts: list[str]
    invitations: list[str]
    form: str

    def pages(self) -> dict[str, str]:
        return {
            "home": reverse("pages:home"),
            "event": reverse("forums:event", args=[self.event.slug]),
            f"programme of {SESSIONS} sessions": reverse("forums:programme", args=[self.event.slug]),
            "results": reverse("library:results"),
            "search": reverse("library:search") + "?q=mangrove",
            "API list of events": "/api/v1/events/?lang=en",
        }


def make_content() -> Content:
    """In order: more of the demonstration, an announced event with its programme, invitations, drafts."""
    call_command("load_demo", scale=5, verbosity=0, stdout=io.StringIO())
    event = _event()
    category = Category.objects.create(event=event, code="delegate", name_en="Delegate", name_zh_hans="代表")
    SeatPool.objects.create(event=event, capacity=PEOPLE * 2)
    _programme(event)
    invitations = [_invitation(category, number) for number in range(PEOPLE + 1)]
    drafts = [_draft(category, number) for number in range(PEOPLE)]
    return Content(
        event=event,
        drafts=[reverse("forums:registration", args=[draft.token]) for draft in drafts],
        invitations=[reverse("forums:invitation", args=[invitation.token]) for invitation in invitations[1:]],
        form=reverse("forums:registration-step", args=[_draft(category, PEOPLE).token, "work"]),
    )


def _event() -> Event:
    return Event.objects.create(
        slug="bench",
        title_en="Workshop of the bench",
        title_zh_hans="基准研讨会",
        summary_en="<p>Two days, three rooms.</p>",
        status=EventStatus.ANNOUNCED,
        start_day=timezone.now().date() + timedelta(days=60),
        end_day=timezone.now().date() + timedelta(days=61),
        time_zone="Asia/Yangon",
        is_demo=True,
    )


def _programme(event: Event) -> None:
    rooms = [
        Room.objects.create(event=event, name_en=f"Room {number + 1}", name_zh_hans=f"{number + 1}号厅", order=number)
        for number in range(ROOMS)
    ]
    sessions = [_session(event, rooms[number % ROOMS], number) for number in range(SESSIONS)]
    for number in range(SPEAKERS):
        SessionSpeaker.objects.create(
            session=sessions[number % SESSIONS],
            role=SpeakerRole.SPEAKER,
            name_en=f"Speaker {number + 1}",
            position_en="Director",
            organisation_en="Institute of Ecology",
            topic_en=f"What was learnt at site {number + 1}",
        )
    release_programme(event, by="bench")


def _session(event: Event, room: Room, number: int) -> Session:
    assert event.start_day
    day, turn = divmod(number, SESSIONS_A_DAY)
    begins = 9 * 60 + turn // ROOMS * 50
    return Session.objects.create(
        event=event,
        kind=SessionKind.PARALLEL,
        title_en=f"Session {number + 1}: practice and policy",
        title_zh_hans=f"第{number + 1}场：实践与政策",
        summary_en="<p>Short talks, then questions.</p>",
        day=event.start_day + timedelta(days=day),
        start_time=time(*divmod(begins, 60)),
        end_time=time(*divmod(begins + 45, 60)),
        room=room,
        languages=["en", "zh-hans"],
    )


def _person(number: int, mark: str) -> Contact:
    country = Country.objects.get(code="TH")
    return Contact.objects.create(
        full_name=f"Person {mark} {number}", email=f"{mark}{number}@bench.example", country=country
    )


def _invitation(category: Category, number: int) -> Invitation:
    return Invitation.objects.create(
        event=category.event, contact=_person(number, "invited"), category=category, sent_at=timezone.now()
    )


def _draft(category: Category, number: int) -> Registration:
    person = _person(number, "draft")
    draft = Registration.objects.create(
        event=category.event,
        category=category,
        contact=person,
        full_name=person.full_name,
        email=person.email,
        country=person.country,
        organisation_name="Environment Agency",
        position="Director",
        mode="in_person",
        language="en",
    )
    record_consent(draft, "privacy", given=True, text=current_text("privacy-notice"), given_by=draft.full_name)
    return draft


def count_queries(path: str) -> int:
    """How many queries the page costs where nothing is kept."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def completed(event: Event) -> int:
    """How many people hold a seat of the event."""
    return Registration.objects.filter(event=event, status=RegistrationStatus.CONFIRMED).count()
