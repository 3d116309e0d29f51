"""Names of every form come unharmed through storing, showing, mailing, the calendar and the spreadsheets."""

import io
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from django.utils.html import escape
from icalendar import Calendar
from openpyxl import load_workbook

from forums.enums import ListConsent
from forums.services import registrations
from portal.mail.models import OutboxMessage
from portal.mail.services.envelope import build_mail
from portal.mail.services.render import render
from tests.factories import CategoryFactory, CountryFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NAMES = ["Suharto", "N" * 120, "Đặng Thị Ánh Nguyệt", "王小明", "សុខ សុភាព", "အောင်ဆန်း", "O’Neil; x,y:z"]
HOSTILE = ["<script>alert(1)</script>", "Eve\r\nBcc: eve@evil.example", "{link} {name.__class__}", "x\x07y", "=1+1"]


def confirmed(name: str):
    registration = RegistrationFactory(
        category=CategoryFactory(), country=CountryFactory(), full_name=name, list_consent=ListConsent.PUBLIC
    )
    registrations.submit(registration, by="officer")
    return registration


def mailed():
    """What arrives: the envelope, and the calendar entry in it."""
    message = OutboxMessage.objects.get()
    mail = message_from_bytes(build_mail(message, render(message)).message().as_bytes(), policy=policy.default)
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    entry = next(Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT").__iter__())
    return mail, entry


def exported(client, event, kind: str) -> bytes:
    url = reverse("admin:forums_event_export", args=[event.pk])
    return b"".join(client.post(url, {"format": kind}))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_stored_shown_mailed_and_exported_unharmed(client, officer, name):
    registration = confirmed(name)
    page = client.get(reverse("forums:participants", args=[registration.event.slug])).content.decode()
    assert escape(name) in page
    mail, entry = mailed()
    assert mail["To"].addresses[0].display_name == name
    assert name in mail.get_body(("plain",)).get_content()
    assert entry["attendee"].params["cn"] == name
    client.force_login(officer)
    assert name in exported(client, registration.event, "csv").decode("utf-8-sig")
    book = load_workbook(io.BytesIO(exported(client, registration.event, "xlsx")))
    assert name in [cell.value for cell in book.active[2]]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_adds_no_header_no_markup_no_formula_and_breaks_no_calendar(client, officer, name):
    registration = confirmed(name)
    mail, entry = mailed()
    assert "Bcc" not in mail
    assert entry["attendee"] == f"MAILTO:{registration.email}"
    client.force_login(officer)
    pages = [
        reverse("forums:participants", args=[registration.event.slug]),
        reverse("admin:forums_registration_change", args=[registration.pk]),
        reverse("admin:forums_event_participants", args=[registration.event.pk]),
        reverse("admin:mail_outboxmessage_change", args=[OutboxMessage.objects.get().pk]),
    ]
    shown = [client.get(page).content.decode() for page in pages]
    assert not any("<script>alert" in text for text in [*shown, mail.get_body(("html",)).get_content()])
    assert "\n=1+1" not in exported(client, registration.event, "csv").decode().replace(",", "\n")
