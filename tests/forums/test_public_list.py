"""The kept page of participants follows who is confirmed and who agreed to be named."""

from collections.abc import Callable

import pytest

from forums.enums import ListConsent
from forums.enums import RegistrationStatus as R
from forums.models import Registration
from forums.services import registrations
from portal.core.pagecache.epoch import read_epoch
from tests.factories import CategoryFactory, CountryFactory, RegistrationFactory, SeatPoolFactory


@pytest.fixture
def draft(transactional_db) -> Callable[[str], Registration]:
    category, country = CategoryFactory(), CountryFactory()
    SeatPoolFactory(event=category.event, capacity=5)
    return lambda consent: RegistrationFactory(category=category, country=country, list_consent=consent)


def renews(deed: Callable[[], object]) -> bool:
    """Whether every kept page is stale after the deed."""
    before = read_epoch()
    deed()
    return read_epoch() != before


def test_whoever_agreed_to_be_named_comes_and_goes_at_once(draft) -> None:
    person = draft(ListConsent.PUBLIC)
    assert renews(lambda: registrations.submit(person, by="officer"))
    assert person.status == R.CONFIRMED
    assert renews(lambda: registrations.change(person, {"position": "Vice-Minister"}, by="officer"))
    assert renews(lambda: registrations.change(person, {"list_consent": ListConsent.NONE}, by="officer"))
    assert renews(lambda: registrations.change(person, {"list_consent": ListConsent.PUBLIC}, by="officer"))
    assert renews(lambda: registrations.cancel(person, by="officer"))


def test_whoever_did_not_agree_leaves_kept_pages_alone(draft) -> None:
    person = draft(ListConsent.PARTICIPANTS)
    assert not renews(lambda: registrations.submit(person, by="officer"))
    assert not renews(lambda: registrations.change(person, {"position": "Vice-Minister"}, by="officer"))
    assert not renews(lambda: registrations.cancel(person, by="officer"))
