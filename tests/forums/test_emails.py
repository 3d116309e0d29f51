"""Every message of forums renders in both languages with everything in it."""

import json
from datetime import date, time

import pytest
from icalendar import Calendar

from forums.calendars import calendar_uid, make_calendar
from forums.emails import registration_recipients, tell_registrant
from forums.enums import RegisteredBy
from forums.messages import KINDS, TEXTS, invitation_words
from forums.models import EventPaper
from portal.core.models import StoredFile
from portal.mail.models import OutboxMessage
from portal.mail.registry import Recipient, get_kind, scope_files
from portal.mail.services.render import preview, render
from tests.factories import CategoryFactory, CountryFactory, EventFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


@pytest.fixture
def category():
    event = EventFactory(
        title_en="Workshop on Mangroves",
        title_zh_hans="红树林研讨会",
        start_day=date(2027, 1, 14),
        end_day=date(2027, 1, 15),
        start_time=time(9, 30),
        place_en="Nanning",
        place_zh_hans="南宁",
        country=CountryFactory(code="CN", name_en="China", name_zh_hans="中国", party="china"),
    )
    return CategoryFactory(event=event)


def test_every_kind_has_its_wording_in_both_languages():
    texts = json.loads(TEXTS.read_text(encoding="utf8"))
    assert set(texts) == {f"forums.{code}" for code, *_rest in KINDS}
    assert {tuple(wordings) for wordings in texts.values()} == {LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [code for code, *_rest in KINDS])
def test_every_kind_renders(category, code, language):
    kind = get_kind(f"forums.{code}")
    if kind.context is invitation_words:
        thing = InvitationFactory(category=category)
        to = Recipient.from_contact(thing.contact)
    else:
        thing = RegistrationFactory(category=category)
        to = registration_recipients(thing)[0]
    rendered = preview(kind.code, thing, to, scope=category.event.scope, language=language)
    title = {"en": "Workshop on Mangroves", "zh-hans": "红树林研讨会"}[language]
    assert title in rendered.subject
    assert title in rendered.text
    assert {"en": "14–15 January 2027", "zh-hans": "2027年1月14日至15日"}[language] in rendered.text
    assert ("{" in rendered.text, "{" in rendered.subject) == (False, False)
    if "link" in kind.required:
        assert f"/{language}/" in rendered.text
        assert thing.token in rendered.text


def test_the_confirmation_carries_a_calendar_entry_with_the_zone_in_full(category):
    registration = RegistrationFactory(category=category)
    calendar = Calendar.from_ical(make_calendar(registration, sequence=1))
    (entry,) = calendar.walk("VEVENT")
    assert str(entry["UID"]) == calendar_uid(category.event)
    assert entry["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert entry["DTSTART"].dt.isoformat() == "2027-01-14T09:30:00+08:00"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert str(calendar["METHOD"]) == "REQUEST"


def test_update_and_cancellation_keep_the_identifier_and_raise_the_sequence(category, officer):
    registration = RegistrationFactory(category=category, language="zh-hans")
    for kind, wish in (("confirmed", "request"), ("event_changed", "request"), ("cancelled", "cancel")):
        tell_registrant(kind, registration, by=officer, at=category.event.answer_deadline, calendar=wish)
    entries = []
    for message in OutboxMessage.objects.order_by("pk"):
        (attachment,) = render(message).attachments
        calendar = Calendar.from_ical(attachment.content)
        (entry,) = calendar.walk("VEVENT")
        entries.append((str(calendar["METHOD"]), int(entry["SEQUENCE"]), str(entry["UID"]), str(entry["SUMMARY"])))
    uid = calendar_uid(category.event)
    assert entries == [
        ("REQUEST", 1, uid, "红树林研讨会"),
        ("REQUEST", 2, uid, "红树林研讨会"),
        ("CANCEL", 3, uid, "红树林研讨会"),
    ]


def test_an_event_without_a_day_sends_no_calendar_entry(category, officer):
    category.event.start_day = category.event.end_day = None
    category.event.save()
    registration = RegistrationFactory(category=category)
    assert make_calendar(registration, sequence=1) == b""
    tell_registrant("confirmed", registration, by=officer, at=category.event.answer_deadline, calendar="request")
    assert render(OutboxMessage.objects.get()).attachments == []


def test_the_assistant_gets_the_mail_too(category, officer):
    registration = RegistrationFactory(
        category=category,
        email="vice.minister@ministry.example",
        registered_by=RegisteredBy.ASSISTANT,
        assistant_name="An Assistant",
        assistant_email="assistant@ministry.example",
    )
    tell_registrant("received", registration, by=officer, at=category.event.answer_deadline)
    assert set(OutboxMessage.objects.values_list("to_email", flat=True)) == {
        "vice.minister@ministry.example",
        "assistant@ministry.example",
    }


def test_the_stored_form_of_address_opens_the_letter_in_its_language(category):
    invitation = InvitationFactory(category=category)
    invitation.contact.salutation_en = "Excellency"
    invitation.contact.salutation_zh = "尊敬的部长阁下"
    openings = [
        preview(
            "forums.invitation", invitation, Recipient.from_contact(invitation.contact), language=language
        ).text.split("\n")[0]
        for language in LANGUAGES
    ]
    assert openings == ["Excellency,", "尊敬的部长阁下："]


def test_a_wording_is_previewed_with_the_chosen_persons_own_invitation_and_registration():
    asked = InvitationFactory(contact__full_name="Chosen One")
    InvitationFactory(event=asked.event, category=asked.category)
    registered = RegistrationFactory(contact=asked.contact)
    for kind, thing in (("forums.invitation", asked), ("forums.confirmed", registered)):
        about = get_kind(kind).about
        assert about(thing.event.scope, asked.contact) == thing
        assert about("", asked.contact) == thing
        assert about("event:0", asked.contact) is None


def test_the_papers_of_an_event_may_go_with_a_message():
    event = EventFactory()
    stored = StoredFile.objects.create(name="note.pdf", content_type="application/pdf", size=1, sha256="x", purpose="p")
    EventPaper.objects.create(event=event).files.create(language="en", file=stored)
    assert scope_files(event.scope) == [stored]
    assert scope_files(EventFactory().scope) == []
