"""The directory as it is on the first day."""

import pytest

from portal.directory.services.content import load_countries, load_institutions


@pytest.fixture
def countries(db) -> None:
    load_countries()


@pytest.fixture
def institutions(countries) -> None:
    load_institutions()
