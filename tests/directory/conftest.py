"""The directory as it is on the first day."""

from typing import Any

import pytest
from django.db import transaction

from portal.directory.models import Country
from portal.directory.services.content import load_countries, load_institutions


@pytest.fixture(scope="session")
def loaded_countries(django_db_setup, django_db_blocker) -> list[dict[str, Any]]:
    """What the loader makes of the countries, found out once: it takes half a second, and most tests here need them."""
    columns = [field.attname for field in Country._meta.concrete_fields if not field.primary_key]
    with django_db_blocker.unblock(), transaction.atomic():
        load_countries()
        found = [{name: getattr(country, name) for name in columns} for country in Country.objects.all()]
        transaction.set_rollback(True)
    return found


@pytest.fixture
def countries(db, loaded_countries) -> None:
    Country.objects.bulk_create(Country(**values) for values in loaded_countries)


@pytest.fixture
def institutions(countries) -> None:
    load_institutions()
