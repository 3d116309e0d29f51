"""The main job, as people do it: an officer runs a workshop from the first form to the moved dates."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from forums.enums import RegistrationStatus as R
from forums.models import Event, Registration
from forums.services.seats import recount
from portal.core.models import Job
from portal.core.models.jobs import JobState
from portal.core.sheets import write_xlsx
from portal.mail.models import OutboxMessage
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.people import BAD_ROWS, COLUMNS, DELEGATE, GOOD_ROWS, IN_CHINA, IN_CHINESE, TAG, VICE_MINISTER
from tests.cast import staff
from tests.database import everything
from tests.processes import ROOT, environment, wait_for, wake_worker, web_server, worker_running
from tests.sink import Sink, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+/invitations/\S+")
SEATS = 20


@dataclass
class Portal:
    """Where it runs, and the environment of its processes."""

    base: str
    env: dict[str, str]

    def command(self, *words: str) -> str:
        """What an officer types on the command line; its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], env=self.env, cwd=ROOT, check=True, capture_output=True, text=True
        )
        return done.stdout

    def sweep(self, sink: Sink) -> None:
        """The sweep of the minute; waits until nothing is left to send."""
        wake_worker(self.env)
        wait_for(lambda: not OutboxMessage.objects.filter(state__in=["queued", "sending"]).exists())
        assert len(sink.messages) == OutboxMessage.objects.filter(state="sent").count()


@pytest.fixture
def portal(tmp_path: Path, smtp_sink: Sink, settings) -> Iterator[Portal]:
    """Web server and worker as in the demonstration, with the opening content and a real mail server."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # as the server's
    call_command("load_opening_content", verbosity=0)
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{smtp_sink.port}", "MAIL_RATE_PER_HOST": "100000"}
    with web_server(tmp_path, DEMO="1", **mail) as base:
        env = environment(tmp_path, BASE_URL=base, **mail)
        with worker_running(env):
            yield Portal(base, env)


class Office:
    """The officer at the desk."""

    def __init__(self, page: Page, base: str, shot: Callable[[Page, str], None]) -> None:
        self.page, self.base, self.shot = page, base, shot

    def sign_in(self) -> None:
        self.page.goto(f"{self.base}/admin/")
        self.page.fill("input[name=login]", "officer@office.example")
        self.page.fill("input[name=password]", "a long pass phrase")
        self.page.click("main button[type=submit]")
        expect(self.page.get_by_role("heading", name="What needs you today")).to_be_visible()

    def create_workshop(self) -> Event:
        page, first = self.page, timezone.now().date() + timedelta(days=45)
        page.goto(f"{self.base}/admin/forums/event/add/")
        page.fill("#id_title_en", "Workshop on Mangrove Protection")
        page.fill("#id_title_zh_hans", "红树林保护研讨会")
        page.fill("#id_slug", "mangrove-workshop")
        page.get_by_text("When and where", exact=True).click()
        page.fill("#id_start_day", str(first))
        page.fill("#id_end_day", str(first + timedelta(days=1)))
        page.fill("#id_place_en", "Nanning")
        page.fill("#id_place_zh_hans", "南宁")
        page.get_by_text("Deadlines and seats", exact=True).click()
        page.fill("#id_answer_deadline_0", str(first - timedelta(days=20)))
        page.fill("#id_registration_deadline_0", str(first - timedelta(days=10)))
        page.fill("#id_seats", str(SEATS))
        self.shot(page, "01-new-event")
        page.get_by_role("button", name="Save and continue editing").click()
        event = Event.objects.get(slug="mangrove-workshop")
        self.press_step("Announce")
        return event

    def press_step(self, label: str) -> None:
        self.page.get_by_role("link", name=label).click()
        self.page.locator("form.desk-form button[type=submit]").click()

    def import_contacts(self) -> None:
        page = self.page
        page.goto(f"{self.base}/admin/directory/contact/")
        page.get_by_role("link", name="Import contacts").click()
        content = b"".join(write_xlsx(COLUMNS, [*GOOD_ROWS, *BAD_ROWS]))
        page.set_input_files("input[type=file]", {"name": "contacts.xlsx", "mimeType": "", "buffer": content})
        page.get_by_role("button", name="Read and preview").click()
        expect(page.get_by_text(f"{len(GOOD_ROWS)} rows will be taken over.")).to_be_visible()
        expect(page.get_by_role("link", name=f"Download the {len(BAD_ROWS)} refused rows")).to_be_visible()
        self.shot(page, "02-import-preview")
        page.get_by_role("button", name="Confirm and take over").click()
        self.wait_for_job()

    def wait_for_job(self) -> None:
        job = wait_for(lambda: Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED]).first())
        assert (job.state, job.error) == (JobState.DONE, "")
        job.delete()

    def invite_all(self, event: Event) -> None:
        page = self.page
        page.goto(f"{self.base}/admin/forums/event/{event.pk}/invite/")
        page.get_by_label(TAG).check()
        page.get_by_role("button", name="Look at the list").click()
        expect(page.get_by_text(f"{len(GOOD_ROWS)} people will be invited as Delegate.")).to_be_visible()
        expect(page.locator(".desk-mail")).to_contain_text("Workshop on Mangrove Protection")
        self.shot(page, "03-invite-preview")
        page.get_by_role("button", name=f"Send {len(GOOD_ROWS)} invitations").click()
        self.wait_for_job()

    def move_by_a_week(self, event: Event) -> None:
        self.page.goto(f"{self.base}/admin/forums/event/{event.pk}/move/")
        self.page.fill("#id_start_day", str(event.start_day + timedelta(days=7)))
        self.shot(self.page, "10-move")
        self.page.locator("form.desk-form button[type=submit]").click()

    def look_around(self, event: Event) -> None:
        """The pages an officer reads every day."""
        for name, path in {
            "11-dashboard": "",
            "12-board": f"forums/event/{event.pk}/board/",
            "13-registrations": f"forums/registration/?event={event.pk}",
            "14-participants": f"forums/event/{event.pk}/participants/",
            "15-outbox": f"mail/outboxmessage/?scope=event:{event.pk}",
        }.items():
            assert self.page.goto(f"{self.base}/admin/{path}").ok
            self.shot(self.page, name)


class Invitee:
    """Somebody with a link, at some device."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page = context.new_page()
        self.page.goto(address)

    def accept(self) -> None:
        self.page.locator("form[action$='/accept/'] button").click()

    def fill_in(self, *, assistant: str = "") -> None:
        """The four steps; what the office knows already stands there."""
        page = self.page
        page.locator("main a.btn").first.click()
        if assistant:
            page.locator("input[name=for_somebody_else]").check()
            page.fill("input[name=assistant_name]", assistant)
            page.fill("input[name=assistant_email]", "assistant@ministry.example")
        for _step in ("you", "work", "part"):
            self.save_step()
        page.locator("input[name=privacy]").check()
        page.locator("input[name=list_consent]").first.check()
        self.save_step()

    def save_step(self) -> None:
        self.page.locator("main form button.btn[type=submit]").first.click()

    def send(self) -> None:
        self.page.locator("form[action$='/send/'] button").click()

    def cancel(self) -> None:
        self.page.locator("a[href$='/cancel/']").first.click()
        self.page.locator("main form button[type=submit]").first.click()


def register(invitee: Invitee, **options: str) -> Invitee:
    invitee.accept()
    invitee.fill_in(**options)
    invitee.send()
    return invitee


def statuses() -> Counter:
    return Counter(Registration.objects.values_list("status", flat=True))


def sent(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=f"forums.{kind}", state="sent").count()


def remind(portal: Portal, at: datetime) -> None:
    portal.command("send_reminders", "--at", at.isoformat())
    for days in range(1, 5):  # past any weekend, at an hour when every recipient's office is open
        noon = datetime.combine(at.date() + timedelta(days=days), time(4), UTC)
        portal.command("deliver_mail", "--at", noon.isoformat())


def calendars_of(sink: Sink, address: str) -> list[Calendar]:
    """The calendar files that an address got, in order."""
    mine = [mail for mail in sink.messages if address in str(mail["To"])]
    files = [part for mail in mine for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    return [Calendar.from_ical(part.get_payload(decode=True)) for part in files]


def test_an_officer_runs_a_workshop(portal, smtp_sink, open_context, strangers, shot):
    staff("officer@office.example", "event officer")
    office = Office(open_context(DESKTOP).new_page(), portal.base, shot)
    office.sign_in()
    event = office.create_workshop()
    office.import_contacts()
    office.invite_all(event)
    links = the_mail_arrives(portal, smtp_sink)
    assert event.time_zone == "Asia/Shanghai"

    looking_changes_nothing(list(links.values()))

    answered = the_first_three_answer(links, open_context, shot)
    only_who_has_not_answered_is_reminded(portal, smtp_sink, event, answered)
    the_room_fills_and_one_cancels(links, answered, open_context, shot)
    assert recount(event) == []
    portal.sweep(smtp_sink)

    office.move_by_a_week(event)
    portal.sweep(smtp_sink)
    calendars_and_reminders_follow(portal, smtp_sink, event)
    office.look_around(event)
    assert strangers == []


def the_mail_arrives(portal: Portal, sink: Sink) -> dict[str, str]:
    """22 mails, each once, each in its recipient's language; returns the link that each address got."""
    portal.sweep(sink)
    assert Counter(sink.recipients) == {row["email"]: 1 for row in GOOD_ROWS}
    assert sum("红树林保护研讨会" in str(mail["Subject"]) for mail in sink.messages) == IN_CHINA
    return {mail["To"].addresses[0].addr_spec: LINK.search(text_of(mail))[0] for mail in sink.messages}


def looking_changes_nothing(links: list[str]) -> None:
    """Mail gateways open every link: ten times by GET and by HEAD, and no row of any table is another."""
    before = everything()
    for link, method, _time in product(links, ("GET", "HEAD"), range(10)):
        with urlopen(Request(link, method=method), timeout=30) as answer:
            assert answer.status == 200
    assert everything() == before


def the_first_three_answer(links: dict[str, str], open_context: Callable, shot: Callable) -> list[str]:
    """A delegate on a phone, an assistant for a vice-minister at another device, somebody without JavaScript."""
    delegate, minister, chinese = (address_of(name) for name in (DELEGATE, VICE_MINISTER, IN_CHINESE))
    phone = Invitee(open_context(PHONE), links[delegate])
    shot(phone.page, "04-invitation-phone")
    register(phone)
    shot(phone.page, "05-confirmed-phone")
    desk = register(Invitee(open_context(DESKTOP), links[minister]), assistant="An Assistant")
    shot(desk.page, "06-confirmed-by-assistant")
    assert Registration.objects.get(full_name=VICE_MINISTER).assistant_name == "An Assistant"
    plain = register(Invitee(open_context(PHONE, java_script_enabled=False), links[chinese]))
    assert "/zh-hans/" in plain.page.url
    shot(plain.page, "07-confirmed-chinese-without-javascript")
    assert statuses() == {R.CONFIRMED: 3}
    return [delegate, minister, chinese]


def only_who_has_not_answered_is_reminded(portal: Portal, sink: Sink, event: Event, answered: list[str]) -> None:
    """A first run of the reminders reaches the others; a second run sends nothing."""
    event.refresh_from_db()
    due = event.answer_deadline - timedelta(days=2)
    portal.sweep(sink)
    already = len(sink.recipients)
    remind(portal, due)
    assert sorted(sink.recipients[already:]) == sorted(r["email"] for r in GOOD_ROWS if r["email"] not in answered)
    already = len(sink.recipients)
    remind(portal, due)
    assert sink.recipients[already:] == []


def the_room_fills_and_one_cancels(
    links: dict[str, str], answered: list[str], open_context: Callable, shot: Callable
) -> None:
    """20 seats are given, two people wait; a cancellation promotes the first of them."""
    for email in [row["email"] for row in GOOD_ROWS if row["email"] not in answered]:
        context = open_context(PHONE)
        last = register(Invitee(context, links[email]))
        shot(last.page, "08-waiting-phone")
        context.close()
    assert statuses() == {R.CONFIRMED: SEATS, R.WAITLISTED: 2}
    first = Registration.objects.waiting().first()
    delegate = Invitee(open_context(PHONE), links[address_of(DELEGATE)])
    delegate.page.locator("main a[href*='/registrations/']").first.click()
    delegate.cancel()
    shot(delegate.page, "09-cancelled-phone")
    first.refresh_from_db()
    assert first.status == R.CONFIRMED
    assert statuses() == {R.CONFIRMED: SEATS, R.WAITLISTED: 1, R.CANCELLED: 1}


def calendars_and_reminders_follow(portal: Portal, sink: Sink, event: Event) -> None:
    """The confirmed get the same calendar entry a week later, and are reminded by the new date."""
    event.refresh_from_db()
    old, new = (next(iter(one.walk("VEVENT"))) for one in calendars_of(sink, address_of(VICE_MINISTER)))
    assert (str(new["UID"]), int(new["SEQUENCE"])) == (str(old["UID"]), int(old["SEQUENCE"]) + 1)
    assert new["DTSTART"].dt - old["DTSTART"].dt == timedelta(days=7)
    remind(portal, event.starts_at - timedelta(days=3, hours=1))
    assert sent("reminder_event") == 0
    remind(portal, event.starts_at - timedelta(days=3))
    assert sent("reminder_event") == SEATS


def address_of(name: str) -> str:
    return next(row["email"] for row in GOOD_ROWS if row["name"] == name)
