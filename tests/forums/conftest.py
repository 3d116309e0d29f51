"""What tests of forums ask for."""

import pytest

from portal.core.models import TextVersion
from tests.factories import TextVersionFactory


@pytest.fixture
def notice(db) -> TextVersion:
    """The privacy notice in force."""
    return TextVersionFactory(version="1.0")
