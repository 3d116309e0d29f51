"""The programme as everybody sees it on the first day."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def opening_content(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The opening content, published; brought in once for a module, as it takes seconds. Its tests change it freely."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_opening_content", publish_sourced=True, stdout=StringIO())
        yield
        transaction.set_rollback(True)
