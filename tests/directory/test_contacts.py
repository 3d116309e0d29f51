"""Contacts: found by any of their names, changed with a trail that keeps no personal value."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.core.audit import HIDDEN, history
from portal.directory.models import Contact, FocalPoint, Tag
from portal.directory.services.contacts import (
    create_contact,
    possible_duplicates,
    set_active,
    tag_contacts,
    update_contact,
)
from portal.directory.services.organisations import create_organisation, index_organisation
from tests.factories import ContactFactory, CountryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(officer):
    return create_organisation({"name_en": "ASEAN-China Centre", "name_zh_hans": "中国–东盟中心"}, by=officer)


@pytest.mark.parametrize(
    "text", ["nguyen", "DUONG Anh", "anh.duong@", "china-asean", "ASEAN–China centre", "中国—东盟"]
)
def test_a_contact_is_found_by_name_address_and_organisation_however_it_is_typed(officer, ministry, text):
    contact = create_contact(
        {"full_name": "Nguyễn Ánh Dương", "email": "anh.duong@ministry.example", "organisation": ministry}, by=officer
    )
    create_contact({"full_name": "Somebody Else"}, by=officer)
    assert list(Contact.objects.search(text)) == [contact]


@pytest.mark.parametrize("name", ["Sukarno", "A" * 120, "ស៊ីម សុខា", "သီရိ အောင်", "สมชาย ใจดี", "王小明", "Đặng Thuỳ Trâm"])
def test_names_are_stored_unharmed_and_found(officer, name):
    contact = create_contact({"full_name": name}, by=officer)
    contact.refresh_from_db()
    assert contact.full_name == name
    assert list(Contact.objects.named(name)) == [contact]


def test_renaming_an_organisation_makes_its_people_findable_by_the_new_name(officer, ministry):
    contact = create_contact({"full_name": "Putri", "organisation": ministry}, by=officer)
    ministry.alternative_names = ["House of Friendship"]
    ministry.save(update_fields=["alternative_names"])
    index_organisation(ministry)
    assert list(Contact.objects.search("friendship")) == [contact]


def test_the_trail_of_a_change_names_personal_fields_and_hides_their_values(officer):
    contact = create_contact({"full_name": "Putri", "email": "putri@old.example"}, by=officer)
    changed = update_contact(contact, {"email": "putri@new.example", "language": "en"}, by=officer, tags=["expert"])
    assert sorted(changed) == ["email", "language", "tags"]
    entry = history(contact).first()
    assert entry.changes["email"] == HIDDEN
    assert entry.changes["language"] == ["", "en"]
    assert "putri" not in str([e.changes for e in history(contact)])


def test_an_update_that_says_nothing_new_leaves_no_trace(officer):
    contact = create_contact({"full_name": "Putri"}, by=officer, tags=["expert"])
    assert update_contact(contact, {"full_name": "Putri"}, by=officer, tags=["expert"]) == []
    assert history(contact).count() == 1


def test_tags_go_on_and_off_many_contacts(officer):
    people, tag = ContactFactory.create_batch(3), Tag.objects.create(name="expert")
    assert tag_contacts(people, tag, by=officer) == 3
    assert tag_contacts(people, tag, by=officer) == 0
    assert tag_contacts(people[:2], tag, by=officer, remove=True) == 2
    assert list(tag.contacts.all()) == [people[2]]


def test_a_contact_is_retired_once_and_brought_back(officer):
    contact = ContactFactory()
    assert set_active(contact, is_active=False, by=officer)
    assert not set_active(contact, is_active=False, by=officer)
    assert Contact.objects.active().count() == 0
    assert set_active(contact, is_active=True, by=officer)


def test_possible_duplicates_are_namesakes_and_people_at_the_same_address(officer, ministry):
    namesake = create_contact({"full_name": "Nguyen Van A", "organisation": ministry}, by=officer)
    neighbour = create_contact({"full_name": "Tran B", "email": "Shared@ministry.example"}, by=officer)
    other = create_organisation({"name_en": "Elsewhere"}, by=officer)
    create_contact({"full_name": "Nguyễn Văn A", "organisation": other}, by=officer)
    found = possible_duplicates("NGUYỄN VĂN A", email="shared@ministry.example", organisation=ministry)
    assert set(found) == {namesake, neighbour}


def test_contacts_are_seen_by_staff_who_may_and_by_the_person_alone(officer, desk, delegate):
    own, _other = ContactFactory(user=delegate), ContactFactory()
    assert Contact.objects.visible_to(officer).count() == 2
    assert Contact.objects.visible_to(desk).count() == 0
    assert list(Contact.objects.visible_to(delegate)) == [own]
    assert Contact.objects.visible_to(AnonymousUser()).count() == 0


def test_a_focal_point_counts_on_its_days_only():
    point = FocalPoint.objects.create(
        contact=ContactFactory(),
        country=CountryFactory(),
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 12, 31),
    )
    assert list(FocalPoint.objects.valid_on(date(2025, 12, 31))) == [point]
    assert not FocalPoint.objects.valid_on(date(2026, 1, 1))
    assert not FocalPoint.objects.valid_on(date(2024, 12, 31))
