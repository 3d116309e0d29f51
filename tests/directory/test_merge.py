"""Merging: everything moves, nothing is lost, and what only one may have is refused with the reason."""

from datetime import date

import pytest

from forums.models import Invitation
from portal.core.audit import history
from portal.core.models import AuditEntry, Consent, Epoch, TextVersion
from portal.directory.models import Contact, FocalPoint, Organisation, Tag
from portal.directory.services.contacts import create_contact
from portal.directory.services.merge import MergeRefused, merge_contacts, merge_organisations
from portal.directory.services.organisations import create_organisation
from portal.mail.models import OutboxMessage
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    OrganisationFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(officer):
    keep = create_contact({"full_name": "Nguyễn Văn A", "email": "a@ministry.example"}, by=officer, tags=["expert"])
    other = create_contact(
        {"full_name": "Nguyen Van A", "email": "a@home.example", "phone": "+84 1", "country": CountryFactory()},
        by=officer,
        tags=["expert", "speaker"],
    )
    return keep, other


def test_everything_that_points_at_the_other_points_at_the_one_kept(officer, pair):
    keep, other = pair
    invitation, registration = InvitationFactory(contact=other), RegistrationFactory(contact=other)
    point = FocalPoint.objects.create(contact=other, country=CountryFactory(), valid_from=date(2025, 1, 1))
    message = OutboxMessage.objects.create(kind="x", dedupe_key="x", contact=other, language="en")
    text = TextVersion.objects.create(
        code="t", version="1", title_en="T", title_zh_hans="T", body_en="", body_zh_hans=""
    )
    consent = Consent.objects.create(subject=other, purpose="photo", given=True, text_version=text, given_by="x")
    merge_contacts(keep, other, by=officer)
    for row in (invitation, registration, point, message):
        row.refresh_from_db()
        assert row.contact == keep
    consent.refresh_from_db()
    assert consent.subject == keep
    assert not Contact.objects.filter(pk=other.pk).exists()


def test_fields_that_the_kept_one_lacks_are_filled_and_what_differs_is_noted(officer, pair, delegate):
    keep, other = pair
    Contact.objects.filter(pk=other.pk).update(user=delegate)
    filled = merge_contacts(keep, other, by=officer)
    keep.refresh_from_db()
    assert set(filled) == {"phone", "country"}
    assert (keep.full_name, keep.email, keep.phone, keep.user) == (
        "Nguyễn Văn A",
        "a@ministry.example",
        "+84 1",
        delegate,
    )
    assert "a@home.example" in keep.note
    assert {tag.name for tag in keep.tags.all()} == {"expert", "speaker"}


def test_a_merge_is_logged_on_both_and_the_trail_of_the_other_stays(officer, pair):
    keep, other = pair
    number = other.pk
    merge_contacts(keep, other, by=officer)
    assert history(keep).first().action == "merged"
    assert history(keep).first().note == f"#{number}"
    trail = AuditEntry.objects.filter(content_type__model="contact", object_id=str(number))
    assert [entry.action for entry in trail] == ["merged into", "added"]


def test_active_invitations_to_the_same_event_refuse_the_merge_and_nothing_moves(officer, pair):
    keep, other = pair
    category = CategoryFactory(event=EventFactory(title_en="Mangrove workshop"))
    InvitationFactory(category=category, contact=keep)
    InvitationFactory(category=category, contact=other)
    elsewhere = InvitationFactory(contact=other)
    with pytest.raises(MergeRefused) as refused:
        merge_contacts(keep, other, by=officer)
    assert len(refused.value.conflicts) == 1
    assert "Mangrove workshop" in refused.value.conflicts[0]
    assert "Withdraw one of the two first." in refused.value.conflicts[0]
    elsewhere.refresh_from_db()
    assert elsewhere.contact == other
    assert Contact.objects.filter(pk=other.pk).exists()


def test_an_invitation_that_is_over_is_no_obstacle(officer, pair):
    keep, other = pair
    category = CategoryFactory()
    InvitationFactory(category=category, contact=keep)
    InvitationFactory(category=category, contact=other, status="withdrawn")
    merge_contacts(keep, other, by=officer)
    assert Invitation.objects.filter(contact=keep).count() == 2


def test_two_people_who_both_sign_in_are_not_merged(officer, delegate, manager):
    keep, other = ContactFactory(user=delegate), ContactFactory(user=manager)
    with pytest.raises(MergeRefused):
        merge_contacts(keep, other, by=officer)


def test_nobody_is_merged_with_himself(officer):
    contact = ContactFactory()
    with pytest.raises(MergeRefused):
        merge_contacts(contact, contact, by=officer)


def test_organisations_merge_with_their_people_names_and_successors(officer):
    keep = create_organisation({"name_en": "Ministry of Environment", "country": CountryFactory()}, by=officer)
    other = create_organisation({"name_en": "Environment Ministry", "name_zh_hans": "环境部"}, by=officer)
    successor = OrganisationFactory(predecessor=other)
    keep.predecessor = other
    keep.save(update_fields=["predecessor"])
    contact = create_contact({"full_name": "Putri", "organisation": other}, by=officer)
    registration = RegistrationFactory(organisation=other)
    merge_organisations(keep, other, by=officer)
    keep.refresh_from_db()
    for row in (contact, successor, registration):
        row.refresh_from_db()
    assert (contact.organisation, successor.predecessor, registration.organisation) == (keep, keep, keep)
    assert keep.predecessor is None
    assert keep.name_zh_hans == "环境部"
    assert "Environment Ministry" in keep.alternative_names
    assert list(Contact.objects.search("environment ministry")) == [contact]
    assert list(Organisation.objects.named("环境部")) == [keep]


def test_a_tag_on_both_stays_once(officer, pair):
    keep, other = pair
    merge_contacts(keep, other, by=officer)
    assert Tag.objects.get(name="expert").contacts.count() == 1


def test_public_pages_are_renewed_when_organisations_become_one(officer):
    keep, other = OrganisationFactory(is_public=True), OrganisationFactory(is_public=True)
    Epoch.objects.all().delete()
    merge_organisations(keep, other, by=officer)
    assert Epoch.objects.exists()
