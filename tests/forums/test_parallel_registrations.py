"""200 people send their registration at the same moment, through the web server, for 50 seats."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from forums.enums import RegistrationStatus as R
from forums.models import Registration
from forums.services import seats
from portal.core.models import TextVersion
from portal.core.texts import record_consent
from portal.mail.models import OutboxMessage
from tests.factories import CategoryFactory, CountryFactory, RegistrationFactory, SeatPoolFactory
from tests.processes import web_server

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]
PEOPLE, SEATS = 200, 50


@pytest.fixture
def drafts() -> list[Registration]:
    category, country = CategoryFactory(), CountryFactory()
    SeatPoolFactory(event=category.event, capacity=SEATS)
    notice = TextVersion.objects.create(
        code="privacy-notice", version="test", title_en="Notice", body_en="<p>Notice</p>", released_at=timezone.now()
    )
    rows = [RegistrationFactory(category=category, country=country) for _ in range(PEOPLE)]
    for row in rows:
        record_consent(row, "privacy", True, text=notice, given_by=row.full_name)
    return rows


def send(base: str, page: str) -> list[int]:
    """What a browser does: open the page, then send its form; returns both statuses."""
    connection = HTTPConnection(urlsplit(base).netloc, timeout=60)
    connection.request("GET", page)
    answer = connection.getresponse()
    answer.read()
    statuses = [answer.status]
    connection.request("POST", f"{page}send/", headers={"Content-Type": "application/x-www-form-urlencoded"})
    statuses.append(connection.getresponse().status)
    connection.close()
    return statuses


def test_exactly_the_seats_are_given_and_nobody_is_lost(drafts, tmp_path):
    event = drafts[0].event
    pages = [reverse("forums:registration", args=[row.token]) for row in drafts]
    with web_server(tmp_path) as base, ThreadPoolExecutor(PEOPLE) as crowd:
        answers = Counter(status for both in crowd.map(lambda page: send(base, page), pages) for status in both)
    assert answers == {200: PEOPLE, 302: PEOPLE}
    statuses = Counter(Registration.objects.filter(event=event).values_list("status", flat=True))
    assert statuses == {R.CONFIRMED: SEATS, R.WAITLISTED: PEOPLE - SEATS}
    assert seats.recount(event) == []
    kinds = Counter(OutboxMessage.objects.values_list("kind", flat=True))
    assert kinds == {"forums.confirmed": SEATS, "forums.waitlisted": PEOPLE - SEATS}
