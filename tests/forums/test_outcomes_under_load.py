"""Eight readers hammer the cached pages of a real web server while an officer publishes and takes back, many times."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle
from threading import Event as Signal
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group

from forums.models import Outcome
from forums.services.listing import list_event
from forums.services.outcomes import publish_outcome, unpublish_outcome
from portal.accounts.models import User
from tests.factories import OutcomeFactory
from tests.processes import wait_for, web_server

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]
READERS, TIMES = 8, 20
BREATH = 0.003  # seconds between two requests of one reader, so that server and officer get their turn on two cores
ADDRESS = "/forums/forum/outcomes/"
PAGES = ("/en/", "/en/results/", f"/en{ADDRESS}", "/feeds/en/results.atom", "/zh-hans/results/")


@dataclass
class Period:
    """A time in which the outcome was public, or was not."""

    is_public: bool
    began: float
    ended: float = float("inf")


@dataclass
class Reading:
    """One answer: which page, when it was asked for, when it was there, and whether it showed the outcome."""

    page: str
    began: float
    ended: float
    shows: bool


@dataclass
class Reader:
    """Asks for one page after the other until it is told to stop."""

    base: str
    stop: Signal
    found: list[Reading]  # of all readers; appending to a list needs no lock

    def read(self) -> None:
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        for page in self._pages():
            began = time.monotonic()
            connection.request("GET", page, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            text = answer.read().decode()
            shows = answer.status == 200 and (ADDRESS in text or page.endswith(ADDRESS))
            self.found.append(Reading(page, began, time.monotonic(), shows))
            time.sleep(BREATH)
        connection.close()

    def _pages(self) -> Iterator[str]:
        for page in cycle(PAGES):
            if self.stop.is_set():
                return
            yield page


@pytest.fixture
def author(db) -> User:
    """An event officer; groups are there again after the test before emptied the tables."""
    user = User.objects.create_superuser("officer@office.example", "a long pass phrase", name="Officer")
    user.groups.add(*Group.objects.filter(name="event officer"))
    return user


def publish_and_take_back(outcome: Outcome, author: User, found: list[Reading]) -> list[Period]:
    """Change it forty times; after each change every page is read, from beginning to end, before the next one."""
    periods: list[Period] = []
    for turn in range(2 * TIMES):
        is_public = turn % 2 == 0
        if periods:
            periods[-1].ended = time.monotonic()
        (publish_outcome if is_public else unpublish_outcome)(outcome, by=author)
        period, known = Period(is_public, began=time.monotonic()), len(found)
        periods.append(period)
        wait_for(lambda: _pages_read(found[known:], period) == set(PAGES))  # noqa: B023 - waited for at once
    return periods


def _pages_read(found: list[Reading], period: Period) -> set[str]:
    return {reading.page for reading in found if reading.began > period.began}


def test_nothing_stale_is_answered_once_a_change_has_returned(author, tmp_path):
    outcome = OutcomeFactory(event__slug="forum")
    list_event(outcome.event)
    stop, found = Signal(), []
    with web_server(tmp_path, workers=2) as base, ThreadPoolExecutor(READERS) as crowd:
        readers = [crowd.submit(Reader(base, stop, found).read) for _ in range(READERS)]
        try:
            periods = publish_and_take_back(outcome, author, found)
        finally:
            stop.set()
        for reader in readers:
            reader.result()
    judged: Counter[tuple[str, bool]] = Counter()
    stale = []
    for period in periods:
        for reading in found:
            if period.began < reading.began and reading.ended < period.ended:
                judged[reading.page, period.is_public] += 1
                if reading.shows != period.is_public:
                    stale.append((reading, period))
    assert stale == []
    assert all(judged[page, is_public] >= TIMES for page in PAGES for is_public in (True, False)), judged
