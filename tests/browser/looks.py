"""One page of every kind in every state, for whoever looks at all of them: axe, the camera, the log of requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus, InvitationStatus, ListConsent, RegistrationStatus, SessionKind
from forums.models import Event, EventSeries, Outcome, Registration, Room, Session, SessionSpeaker
from forums.models.events import EventEdition
from forums.services import outcome_parts
from forums.services.outcomes import publish_outcome
from forums.services.programme.release import release_programme
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    OutcomeFactory,
    RegistrationFactory,
    SeatPoolFactory,
)
from tests.forums.uploads import pdf, photo
from tests.library_factories import DocumentFactory, MandateFactory, ProgrammeStrandFactory, ThemeFactory, item_for

SUMMARY = "<p>Ministries, cities and researchers compare what protects a coast.</p><ul><li>Policies</li></ul>"
NOW = timezone.now()


@dataclass(frozen=True)
class Look:
    """A page to look at. ``path`` without its language (with a slash in front: it has none); ``press`` what then;
    ``part`` when only that part of it is ours (the administration's frame is unfold's)."""

    name: str
    path: str
    press: str = ""
    who: str = ""
    part: str = ""


def build(delegate: Any, officer: Any) -> list[Look]:
    """Make what the pages are about, and say where they are."""
    call_command("load_opening_content", "--publish-sourced", verbosity=0)
    event = _event("results", status=EventStatus.RESULTS, start_day=date(2024, 10, 29), end_day=date(2024, 10, 30))
    programme, outcomes = _programme(event, officer), _outcomes(event, officer)
    return [*_plain(), *_library(), *programme, *outcomes, *_events(), *_links(delegate), *_signed_in()]


def _plain() -> Iterator[Look]:
    for name in ("forums", "contact", "privacy", "me"):
        yield Look(name, f"{name}/")
    for name in ("about", "programme", "results", "search"):
        yield Look(name, f"{name}/")
    yield Look("timeline-of-strands", "programme/?kind=strand")
    yield Look("forums-past", "forums/?when=past")
    yield Look("forums-none", "forums/?year=1999")
    yield Look("sign-in-code", "accounts/login/code/")
    yield Look("sign-in-code-wrong", "accounts/login/code/", press="main button[type=submit]")
    yield Look("sign-in", "accounts/login/")
    yield Look("not-found", "nowhere/")
    yield Look("dead-link", "invitations/abcdefghijkl.0000000000000000000000/")


def _library() -> Iterator[Look]:
    theme = ThemeFactory(name_en="Biodiversity and ecosystems", name_zh_hans="生物多样性与生态系统")
    ThemeFactory(framework=theme.framework, parent=theme, name_en="Mangroves", name_zh_hans="红树林")
    mandate = MandateFactory(slug="strategy", is_public=True, summary_en="What was agreed for five years.")
    strand = ProgrammeStrandFactory(
        slug="strand", is_public=True, themes=[theme], summary_en="What it does.", standing_en="Running since 2016"
    )
    thailand = CountryFactory()
    for number in range(25):
        DocumentFactory(
            slug=f"paper-{number}",
            title_en=f"Restoring mangroves, part {number}",
            title_zh_hans="" if number % 3 else f"红树林修复（{number}）",
            summary_en="Water first, planting second: what five sites learned in ten years.",
            is_public=True,
            day=date(2001 + number, 10, 21),
            countries=[thailand],
            themes=[theme],
            languages=["en", "zh-hans"],
        )
    yield Look("mandate", f"programme/mandates/{mandate.slug}/")
    yield Look("strand", f"programme/strands/{strand.slug}/")
    yield Look("document", "results/documents/paper-0/")
    yield Look("results-narrowed", f"results/?theme={theme.code}&country=TH&q=mangroves")
    yield Look("results-second-page", "results/?kind=document&page=2")
    yield Look("results-none", "results/?kind=film")
    yield Look("search-hits", "search/?q=mangrove")
    yield Look("search-hits-chinese", "search/?q=%E7%BA%A2%E6%A0%91%E6%9E%97")
    yield Look("search-misspelt", "search/?q=mangrvoe")
    yield Look("search-none", "search/?q=zzzzqqqq")
    yield Look("report", f"report/{item_for(strand).public_id}/")
    yield Look("report-wrong", f"report/{item_for(strand).public_id}/", press="main form button[type=submit]")
    yield Look("preview", f"preview/{ProgrammeStrandFactory(slug='draft').preview_token}/")
    yield Look("api", "/api/v1/docs/")


def _events() -> Iterator[Look]:
    states = {
        "open": {"is_open": True},
        "not-yet-open": {"registration_opens": NOW + timedelta(days=3)},
        "closed": {"registration_deadline": NOW - timedelta(days=1)},
        "postponed": {"status": EventStatus.POSTPONED, "start_day": date(2027, 3, 1), "date_precision": "month"},
        "cancelled": {"status": EventStatus.CANCELLED},
        "held": {"status": EventStatus.HELD, "start_day": date(2025, 10, 21)},
        "demonstration": {"is_demo": True, "start_day": None, "end_day": None},
    }
    for name, values in states.items():
        event = _event(name, **values)
        yield Look(f"event-{name}", f"forums/{event.slug}/")
    yield Look("event-results", "forums/results/")
    yield Look("register", "forums/open/register/")
    yield Look("register-wrong", "forums/open/register/", press="main form button[type=submit]")
    yield Look("register-closed", "forums/closed/register/")
    yield Look("home", "")


def _event(slug: str, **values: object) -> Event:
    event = EventFactory(
        slug=slug,
        title_en="Workshop on climate change and the protection of mangroves",
        title_zh_hans="气候变化与红树林保护研讨会",
        theme_en="What protects a coast",
        theme_zh_hans="守护海岸",
        summary_en=SUMMARY,
        place_en="Nanning, Guangxi",
        place_zh_hans="广西南宁",
        languages=["en", "zh"],
        **values,
    )
    series, _made = EventSeries.objects.get_or_create(
        slug="series", name_en="Workshop series", name_zh_hans="系列研讨会"
    )
    EventEdition.objects.create(event=event, series=series, edition=event.pk)
    CategoryFactory(event=event, is_open=event.is_open)
    return event


def _programme(event: Event, officer: Any) -> list[Look]:
    """Two days, rooms side by side, a break, people with long titles."""
    rooms = [Room.objects.create(event=event, name_en=f"Hall {n}", name_zh_hans=f"{n}号厅", order=n) for n in (1, 2, 3)]
    for day in (event.start_day, event.end_day):
        _session(event, day, (9, 10), SessionKind.OPENING, rooms[0], people=3)
        _session(event, day, (10, 11), SessionKind.BREAK, None)
        for room in rooms:
            _session(event, day, (11, 12), SessionKind.PARALLEL, room, people=2)
    release_programme(event, by=officer)
    return [Look("event-programme", f"forums/{event.slug}/programme/")]


def _session(
    event: Event, day: date, hours: tuple[int, int], kind: SessionKind, room: Room | None, *, people: int = 0
) -> None:
    session = Session.objects.create(
        event=event,
        day=day,
        start_time=time(hours[0]),
        end_time=time(hours[1]),
        kind=kind,
        room=room,
        title_en="Break" if kind == SessionKind.BREAK else "From plans to planted hectares: what five coasts learned",
        title_zh_hans="休息" if kind == SessionKind.BREAK else "从规划到种植：五处海岸的经验",
        languages=["en", "zh"] if people else [],
        interpretation=["th"] if people else [],
    )
    for number in range(people):
        SessionSpeaker.objects.create(
            session=session,
            role="chair" if number == 0 else "speaker",
            name=("H.E. Chan Sophea", "ดร. กมลชนก ศรีสุข", "ဒေါ်ခင်ခင်")[number],
            position_en="Deputy Director-General for Marine and Coastal Resources",
            organisation_en="Department of Environment",
            topic_en="Water first" if number else "",
        )


def _outcomes(event: Event, officer: Any) -> list[Look]:
    """A summary, a declaration, a document in two languages, two photos."""
    outcome = OutcomeFactory(event=event, next_steps_en="<p>The parties meet again in 2025.</p>", licence="CC-BY-4.0")
    titles = {"en": "Declaration on green coasts", "zh-hans": "绿色海岸宣言"}
    files = {"en": pdf(), "zh-hans": pdf("宣言.pdf")}
    outcome_parts.add_document(outcome, kind="declaration", titles=titles, files=files, by=officer)
    outcome_parts.add_photos(outcome, [photo(), photo("b.jpg", colour="olive")], credit="Example Agency", by=officer)
    outcome.photos.update(alt_en="People in a hall", alt_zh_hans="会场中的人们", caption_en="The opening")
    publish_outcome(Outcome.objects.get(pk=outcome.pk), by=officer)
    return [Look("event-outcomes", f"forums/{event.slug}/outcomes/")]


def _links(delegate: Any) -> Iterator[Look]:
    """What stands behind personal links."""
    contact = ContactFactory(user=delegate)
    for status in ("open", "accepted", "declined"):
        event = _event(f"invited-{status}")
        invitation = InvitationFactory(
            category=event.categories.get(),
            contact=contact,
            sent_at=NOW,
            status=InvitationStatus.PENDING if status == "open" else status,
        )
        yield Look(f"invitation-{status}", f"invitations/{invitation.token}/")
        if status == "open":
            yield Look("decline", f"invitations/{invitation.token}/decline/")
    draft = _registration("draft")
    for step in ("you", "work", "part", "consent"):
        yield Look(f"step-{step}", f"registrations/{draft.token}/{step}/")
    yield Look("step-wrong", f"registrations/{draft.token}/consent/", press="main form button.btn[type=submit]")
    for status in (RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED):
        registration = _registration(status)
        yield Look(f"registration-{status}", f"registrations/{registration.token}/")
        if status == RegistrationStatus.CONFIRMED:
            yield Look("cancel", f"registrations/{registration.token}/cancel/")
            yield Look("participants", f"registrations/{registration.token}/participants/")
            yield Look("public-participants", f"forums/{registration.event.slug}/participants/")


def _registration(status: str) -> Registration:
    event = _event(f"registered-{status}")
    SeatPoolFactory(event=event)
    return RegistrationFactory(
        category=event.categories.get(),
        status=status,
        country=CountryFactory(),
        list_consent=ListConsent.PUBLIC,
        queued_at=timezone.now() if status == RegistrationStatus.WAITLISTED else None,
    )


def _signed_in() -> Iterator[Look]:
    yield Look("me-signed-in", "me/", who="delegate")
    yield Look("sign-out", "accounts/logout/", who="delegate")
    yield Look("styleguide", "styleguide/", who="superuser")
    event = Event.objects.get(slug="results")
    outcome = reverse("admin:forums_outcome_publishing", args=[Outcome.objects.get().pk, "unpublish"])
    here = f"/admin/forums/event/{event.pk}"
    pages = {"board": f"{here}/board/", "participants": f"{here}/participants/", "programme": f"{here}/programme/"}
    for name, address in {**pages, "outcome": outcome}.items():
        yield Look(f"desk-{name}", address, who="superuser", part="[class^=desk]")
    yield Look("desk-today", "/admin/", who="superuser", part="[class^=desk]")
