"""The programme on the first day, brought in once for a module, as it takes seconds. Its tests change it freely."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def opening_drafts(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The opening content as drafts, before anything is published."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_opening_content", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def opening_content(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The opening content, published."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_opening_content", publish_sourced=True, stdout=StringIO())
        yield
        transaction.set_rollback(True)
