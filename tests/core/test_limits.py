"""So many turns, for so long, whoever asks at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.core.limits import take_turn

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def test_there_are_as_many_turns_as_were_said_and_each_key_has_its_own():
    assert [take_turn("a", 2, HOUR) for _ in range(3)] == [True, True, False]
    assert take_turn("b", 2, HOUR)


def test_every_turn_lasts_as_long_as_was_said():
    for _ in range(3):
        take_turn("a", 3, HOUR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM core_cache")
        ends = [parse_datetime(str(row[0])) for row in cursor.fetchall()]
    soon = timezone.now() + timedelta(minutes=58)
    assert [end.replace(tzinfo=timezone.get_default_timezone()) > soon for end in ends] == [True] * 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_turns_than_there_are():
    start = Barrier(8)

    def ask(_number: int) -> bool:
        start.wait()
        try:
            return take_turn("a", 3, HOUR)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(ask, range(8))) == 3


def test_the_key_itself_is_not_kept():
    take_turn("somebody@ministry.example", 1, HOUR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM core_cache")
        assert "somebody" not in str(cursor.fetchall())
