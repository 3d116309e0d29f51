"""A real Celery worker on a real broker, killed and without one. No message is lost."""

import re
import signal
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from forums.models import Invitation, Registration
from forums.services import invitations
from portal.core.models import TextVersion
from portal.mail.enums import MailState
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, ContactFactory, CountryFactory
from tests.processes import environment, wait_for, wake_worker, web_server, worker_running

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]
MAILS = 500
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def env(tmp_path: Path, smtp_sink) -> dict[str, str]:
    address = f"smtp://127.0.0.1:{smtp_sink.port}"
    return environment(tmp_path, EMAIL_URL=address, MAIL_RATE_PER_HOST="100000")


def invite(count: int) -> list[Invitation]:
    category, country = CategoryFactory(), CountryFactory()
    contacts = [ContactFactory(country=country) for _ in range(count)]
    return [invitations.invite(category.event, contact, category, by=None) for contact in contacts]


def test_a_killed_worker_loses_nothing_and_repeats_at_most_one_mail_with_its_id(env, smtp_sink):
    invite(MAILS)
    kills = 0
    for share in (MAILS // 3, 2 * MAILS // 3):
        with worker_running(env) as worker:
            wake_worker(env)
            wait_for(lambda least=share: len(smtp_sink.messages) >= least)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
        assert OutboxMessage.objects.filter(state=MailState.SENT).count() < MAILS
        lapse_leases()
    with worker_running(env):
        wake_worker(env)
        wait_for(lambda: not OutboxMessage.objects.exclude(state=MailState.SENT).exists())
    arrived = Counter(smtp_sink.ids)
    assert len(arrived) == MAILS
    assert sum(arrived.values()) - MAILS <= kills


def lapse_leases() -> None:
    """Five minutes later: what the killed worker held may be taken back."""
    OutboxMessage.objects.filter(state=MailState.SENDING).update(lease_until=timezone.now())


def ask(base: str, method: str, path: str, **values: str) -> tuple[int, str, str]:
    """Status, address to go on to, and body of one request."""
    connection = HTTPConnection(urlsplit(base).netloc, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body=urlencode(values), headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Location") or "", body


def fill_in(base: str, path: str, **values: str) -> int:
    """Open a page with a form and send it, as a browser does; the status of the answer."""
    hidden = dict(HIDDEN.findall(ask(base, "GET", path)[2]))
    return ask(base, "POST", path, **hidden, **values)[0]


def test_with_the_broker_down_nobody_sees_an_error_and_later_everything_goes(env, smtp_sink, tmp_path):
    (invitation,) = invite(1)
    TextVersion.objects.create(
        code="privacy-notice", version="1", title_en="Notice", body_en="<p>Notice</p>", released_at=timezone.now()
    )
    with web_server(tmp_path, REDIS_URL="redis://127.0.0.1:1/0") as base:
        status, registration, _ = ask(base, "POST", reverse("forums:invitation-accept", args=[invitation.token]))
        assert status == 302
        you = {"full_name": "Somchai", "email": "somchai@ministry.example", "language": "en"}
        country = str(invitation.contact.country_id)
        work = {"country": country, "organisation_name": "Ministry", "position": "Director"}
        steps = {
            "you": you,
            "work": work,
            "part": {"mode": "in_person"},
            "consent": {"privacy": "on", "list_consent": "none"},
        }
        for step, values in steps.items():
            assert fill_in(base, f"{registration}{step}/", **values) == 302, step
        assert ask(base, "POST", f"{registration}send/")[0] == 302
    assert Registration.objects.get().status == "confirmed"
    waiting = OutboxMessage.objects.filter(state=MailState.QUEUED).values_list("kind", flat=True)
    assert set(waiting) == {"forums.invitation", "forums.confirmed"}
    with worker_running(env):
        wake_worker(env)
        wait_for(lambda: len(smtp_sink.messages) == 2)
