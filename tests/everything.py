"""One of everything that has an address of its own, and the address of every page about it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from forums.enums import ListConsent, PaperAccess, RegistrationStatus
from forums.files import PHOTO
from forums.models import (
    Event,
    EventPaper,
    EventPaperFile,
    EventSeries,
    Outcome,
    OutcomeText,
    Registration,
    Room,
    Session,
)
from forums.services.invitations import send_invitation
from forums.services.programme import release_programme
from portal.accounts.services.api_tokens import make_token
from portal.core.facts import record_fact
from portal.core.jobs import _handlers, create_job, job_kind
from portal.core.models import Consent, Review
from portal.core.models.jobs import RowState
from portal.core.texts import record_consent
from portal.directory.models import FocalPoint, Tag
from portal.library.enums import PublishingStatus
from portal.library.models import RecordReport
from portal.mail.models import AdHocMessage, Holiday, MessageTemplate, OutboxMessage, ReminderRule
from portal.mail.services.templates import load_default_texts
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    EventFactory,
    InvitationFactory,
    OrganisationFactory,
    RegistrationFactory,
    StoredFileFactory,
    TextVersionFactory,
)
from tests.library_factories import (
    DocumentFactory,
    MandateFactory,
    MilestoneFactory,
    ProgrammeStrandFactory,
    StatedFigureFactory,
    ThemeFactory,
    item_for,
)

PART = re.compile(r"<(?:\w+:)?(\w+)>")
PLAIN = {"admin:app_list": "admin/forums/", "admin/(?P<url>.*)$": "admin/nothing"}  # routes that are expressions
STEPS = {
    "event": "hold", "invitation": "send", "registration": "cancel", "outcome": "unpublish", "mandate": "unpublish",
    "document": "unpublish", "programmestrand": "unpublish", "milestone": "publish", "statedfigure": "submit",
    "recordreport": "mended",
}  # fmt: skip
IN_API = {"api:result": "catalogueitem"}
NAME, ADDRESS, NEED = "Planted Person", "planted@ministry.example", "planted-allergy"
REPORTER = "reporter@ministry.example"


def addresses() -> dict[str, str]:
    """Every address of the portal: its name (or, without one, its route) to its route."""

    def walk(resolver: URLResolver, route: str, space: str) -> Iterator[tuple[str, str]]:
        for part in resolver.url_patterns:
            there = route + str(part.pattern)
            if isinstance(part, URLResolver):
                yield from walk(part, there, space + (f"{part.namespace}:" if part.namespace else ""))
            elif isinstance(part, URLPattern):
                yield (space + part.name if part.name else there), there

    return dict(walk(get_resolver(), "", ""))


def path_of(name: str, route: str, everything: dict[str, Any]) -> str:
    """The path of ``route`` about what there is."""
    if name.startswith("api:"):
        thing = everything.get(IN_API.get(name, name.removeprefix("api:")))
        return "/" + PART.sub(lambda part: str(getattr(thing, part[1], "nothing")), route)
    found = re.match(r"(?:admin:\w+?_|forums:|library:|core:|admin/\w+/)(\w+)", name)
    thing = everything.get(re.split("[_/-]", found[1])[0]) if found else None
    here = everything | {"thing": thing}
    return "/" + PLAIN.get(name, PART.sub(lambda part: _value(part[1], name, here), route))


def _value(part: str, name: str, here: dict[str, Any]) -> str:
    event, thing = here["event"], here["thing"]
    fixed = {
        "slug": getattr(thing, "slug", event.slug) if name.startswith("library:") else event.slug,
        "scope": event.scope,
        "language": "en",
        "paper": here["paper"].pk,
        "file": here["file"].pk,
        "job": here["job"].public_id,
        "code": "cancel",
        "step": "you",
        "content_type_id": ContentType.objects.get_for_model(Event).pk,
        "first": thing and thing.pk,
        "second": thing and here[f"second {type(thing).__name__.lower()}"].pk if "merge" in name else "",
        "name": STEPS.get(type(thing).__name__.lower()),
        "text": here["outcometext"].pk,
        "token": here["guest link"] if name.startswith("library:preview") else getattr(thing, "token", ""),
        "session": here["session"].public_id,
        "public_id": here[{"core:file": "storedfile", "library:report": "catalogueitem"}.get(name, "job")].public_id,
    }
    if part == "object_id" and name == "admin:view_on_site":
        return str(event.pk)
    return str(fixed.get(part) or (thing.pk if thing else 1))


@pytest.fixture
def everything(officer) -> Iterator[dict[str, Any]]:
    """By the name of the model. Planted in it: a name, an address and a need that few may read."""
    load_default_texts()
    event = EventFactory(slug="workshop", is_open=True)
    category = CategoryFactory(event=event, is_open=True)
    contact = ContactFactory(full_name=NAME, email=ADDRESS)
    invitation = InvitationFactory(category=category, contact=contact)
    send_invitation(invitation, by=officer)
    photo = StoredFileFactory(purpose=PHOTO, name="photo.jpg", content_type="image/jpeg")
    registration = RegistrationFactory(
        category=category,
        contact=contact,
        full_name=contact.full_name,
        email=contact.email,
        country=contact.country,
        status=RegistrationStatus.CONFIRMED,
        list_consent=ListConsent.NONE,
        diet="other",
        diet_note=NEED,
        access_needs=NEED,
        photo=photo,
    )
    text = TextVersionFactory()
    record_consent(registration, "privacy", given=True, text=text, given_by=contact.full_name)
    paper = EventPaper.objects.create(event=event, access=PaperAccess.PUBLIC)
    session = Session.objects.create(
        event=event, title_en="Opening", day=event.start_day, start_time="09:00", end_time="09:30"
    )
    release_programme(event, by=officer)
    outcome = Outcome.objects.create(event=event, status=PublishingStatus.PUBLISHED)
    document, mandate = DocumentFactory(is_public=True), MandateFactory(is_public=True)
    strand = ProgrammeStrandFactory(is_public=True)
    expires_at = timezone.now() + timedelta(days=1)
    token, _secret = make_token("Mirror", scopes=[], expires_at=expires_at, owner=officer, by=officer)
    job_kind("matrix")(lambda _job, _row: (RowState.DONE, ""))
    rows = [(NAME, {"email": ADDRESS})]
    message = AdHocMessage.objects.create(
        scope=event.scope, audience="confirmed", subject_en="Hello", body_en="Dear {name}", created_by=officer
    )
    yield {
        "event": event,
        "eventseries": EventSeries.objects.create(slug="series", name_en="Series", name_zh_hans="系列"),
        "session": session,
        "room": Room.objects.create(event=event, name_en="Hall"),
        "invitation": invitation,
        "registration": registration,
        "contact": contact,
        "second contact": ContactFactory(),
        "organisation": OrganisationFactory(is_public=True, slug="ministry"),
        "second organisation": OrganisationFactory(),
        "country": contact.country,
        "focalpoint": FocalPoint.objects.create(contact=contact, country=contact.country, valid_from="2025-01-01"),
        "tag": Tag.objects.create(name="minister"),
        "storedfile": photo,
        "textversion": TextVersionFactory(released_at=None),
        "consent": consent_of(registration),
        "outcome": outcome,
        "outcometext": OutcomeText.objects.create(outcome=outcome, code="declaration"),
        "paper": paper,
        "file": EventPaperFile.objects.create(paper=paper, language="en", file=StoredFileFactory()),
        "job": create_job("matrix", "A job", rows, by=officer, confirm=True),
        "document": document,
        "mandate": mandate,
        "strand": strand,
        "programmestrand": strand,
        "milestone": MilestoneFactory(),
        "statedfigure": StatedFigureFactory(),
        "recordreport": RecordReport.objects.create(item=item_for(document), message="Wrong year.", email=REPORTER),
        "fact": record_fact(mandate, "name_en", "A name", grade="press", source="A page.", is_shown=False),
        "review": Review.objects.create(subject=mandate, reviewer=officer, decision="approved", at=timezone.now()),
        "theme": ThemeFactory(framework=MandateFactory(is_public=True)),
        "apitoken": token,
        "catalogueitem": item_for(document),
        "guest link": DocumentFactory().preview_token,
        "outboxmessage": OutboxMessage.objects.get(),
        "adhocmessage": message,
        "reminderrule": ReminderRule.objects.create(
            scope=event.scope, audience="confirmed", anchor="start", offset_hours=-48, kind="forums.reminder_event"
        ),
        "holiday": Holiday.objects.create(country=contact.country, day="2026-01-01"),
        "messagetemplate": MessageTemplate.objects.get(kind="forums.confirmed"),
        "group": Group.objects.get(name="manager"),
        "user": officer,
    }
    _handlers.pop("matrix")


def consent_of(registration: Registration) -> Consent:
    return Consent.objects.get(object_id=str(registration.pk))
