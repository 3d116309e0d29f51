"""What people look for, in many languages. .ci/run runs the same on SQLite and on PostgreSQL."""

import pytest

from tests.library.search.catalogue import SHARED, fill_catalogue, found

pytestmark = pytest.mark.django_db


def test_the_shared_queries_find_what_they_should_in_this_order() -> None:
    fill_catalogue()
    answers = {row["query"]: found(row["query"]) for row in SHARED["queries"]}
    assert answers == {row["query"]: row["hits"] for row in SHARED["queries"]}


def test_the_shared_queries_are_forty_in_at_least_eight_languages() -> None:
    assert len(SHARED["queries"]) == len({row["query"] for row in SHARED["queries"]}) == 40
    assert len({row["language"] for row in SHARED["queries"]}) >= 8
