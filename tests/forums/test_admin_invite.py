"""Inviting from the administration: choose, look, confirm; or upload a list."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus, InvitationStatus
from forums.models import Event, Invitation
from portal.core.jobs import run_due_jobs
from portal.core.models import Job
from portal.core.models.jobs import RowState
from portal.directory.models import Contact, FocalPoint, Tag
from portal.directory.services.contacts import index_contact
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
from tests.forums.posting import filled

SHEET = """Full name,Organisation,Country,E-mail
Anong Srisai,Ministry of Water,Thailand,anong@water.example
Bounmy,Ministry of Water,Thailand,bounmy@water.example
,Ministry of Water,Thailand,nobody@water.example
Chan,Ministry of Water,Thailand,not-an-address
"""


@pytest.fixture
def event(db) -> Event:
    found = EventFactory()
    CategoryFactory(event=found, code="delegate")
    return found


@pytest.fixture
def thailand(db):
    return CountryFactory(code="TH", name_en="Thailand", party="member")


def look_url(event: Event) -> str:
    return reverse("admin:forums_event_invite_look", args=[event.pk])


def choose(client, event: Event, **filters):
    """Step 2 for these filters."""
    return client.get(look_url(event), {"category": event.categories.get().pk, **filters})


def names(response) -> list[tuple[str, str]]:
    return [(one.contact.full_name, one.reason) for one in response.context["page"]]


def test_somebody_who_may_not_be_invited_stays_in_the_list_with_the_reason(client, officer, event, thailand):
    category = event.categories.get()
    ContactFactory(full_name="Free")
    invited = ContactFactory(full_name="Invited")
    InvitationFactory(category=category, event=event, contact=invited)
    registered = ContactFactory(full_name="Registered")
    RegistrationFactory(category=category, event=event, contact=registered)
    client.force_login(officer)
    response = choose(client, event, party="member")
    assert names(response) == [("Free", ""), ("Invited", "Already invited."), ("Registered", "Already registered.")]
    assert response.context["count"] == 1


def test_filters_narrow_and_words_are_folded(client, officer, event, thailand):
    china = CountryFactory(code="CN", name_en="China", party="china", order_members_then_china=12)
    ministry = OrganisationFactory(kind="ministry", country=thailand)
    tag = Tag.objects.create(name="mangroves")
    tagged = ContactFactory(full_name="Nguyễn Thị Đào", country=thailand, organisation=ministry)
    tagged.tags.add(tag)
    index_contact(tagged)
    other = ContactFactory(full_name="Wang", country=china)
    index_contact(other)
    FocalPoint.objects.create(contact=other, country=china, valid_from=date(2020, 1, 1))
    client.force_login(officer)
    assert names(choose(client, event, country="CN")) == [("Wang", "")]
    assert names(choose(client, event, kind="ministry")) == [("Nguyễn Thị Đào", "")]
    assert names(choose(client, event, tag=tag.pk)) == [("Nguyễn Thị Đào", "")]
    assert names(choose(client, event, focal="on")) == [("Wang", "")]
    assert names(choose(client, event, q="nguyen dao")) == [("Nguyễn Thị Đào", "")]
    assert names(choose(client, event, q="nguyen dao", country="CN")) == []


def test_without_any_filter_nobody_is_invited_by_mistake(client, officer, event):
    ContactFactory()
    client.force_login(officer)
    response = choose(client, event)
    assert "Choose at least one filter" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_looking_takes_the_same_number_of_queries_however_many_fit(
    client, officer, event, count, django_assert_num_queries
):
    for _ in range(count):
        organisation = OrganisationFactory()
        ContactFactory(country=organisation.country, organisation=organisation)
    client.force_login(officer)
    choose(client, event, party="member")
    with django_assert_num_queries(LOOK_QUERIES):
        choose(client, event, party="member")


LOOK_QUERIES = 11


def test_the_mail_is_shown_as_one_invitee_gets_it_with_its_link_masked(client, officer, event):
    china = CountryFactory(code="CN", name_en="China", party="china", order_members_then_china=12)
    ContactFactory(full_name="Anna", country=china, language="en")
    chinese = ContactFactory(full_name="王伟", country=china)
    client.force_login(officer)
    assert choose(client, event, party="china").context["mail"]["contact"].full_name == "Anna"
    mail = choose(client, event, party="china", show=chinese.pk).context["mail"]
    assert event.title_zh_hans in mail["text"]
    assert ".…" in mail["text"]


def test_people_are_left_out_and_put_back(client, officer, event, thailand):
    out = ContactFactory(full_name="Out")
    ContactFactory(full_name="Stays")
    client.force_login(officer)
    response = choose(client, event, party="member", exclude=out.pk)
    assert names(response) == [("Stays", ""), ("Out", "Left out by you.")]
    assert response.context["count"] == 1


def test_confirming_sends_to_those_that_were_seen_each_once(client, officer, event, thailand):
    for name in ("Anna", "Ben"):
        ContactFactory(full_name=name, country=thailand)
    client.force_login(officer)
    page = choose(client, event, party="member", is_locked="on", keep_window="on")
    url = page.wsgi_request.get_full_path()
    response = client.post(url, {"fingerprint": page.context["fingerprint"]})
    job = Job.objects.get()
    assert response.url == reverse("core:job", args=[job.public_id])
    run_due_jobs()
    assert Invitation.objects.filter(event=event, is_locked=True, sent_at__isnull=False).count() == 2
    assert OutboxMessage.objects.filter(kind="forums.invitation", keep_window=True).count() == 2
    client.post(url, {"fingerprint": page.context["fingerprint"]})
    run_due_jobs()
    assert OutboxMessage.objects.count() == 2


def test_a_list_that_changed_since_it_was_seen_is_shown_again(client, officer, event, thailand):
    ContactFactory(country=thailand)
    client.force_login(officer)
    page = choose(client, event, party="member")
    ContactFactory(country=thailand)
    response = client.post(page.wsgi_request.get_full_path(), {"fingerprint": page.context["fingerprint"]})
    assert "The list has changed since you looked at it" in response.content.decode()
    assert not Job.objects.exists()


def test_an_event_that_is_not_announced_invites_nobody(client, officer, event, thailand):
    Event.objects.update(status=EventStatus.DRAFT)
    ContactFactory(country=thailand)
    client.force_login(officer)
    response = choose(client, event, party="member")
    assert response.context["count"] == 0
    assert "announce it first" in response.content.decode()


def test_a_get_of_any_step_writes_nothing(client, officer, event, thailand):
    ContactFactory(country=thailand)
    client.force_login(officer)
    for _ in range(3):
        client.get(reverse("admin:forums_event_invite", args=[event.pk]))
        choose(client, event, party="member")
        client.get(reverse("admin:forums_event_upload", args=[event.pk]))
    assert not Job.objects.exists()
    assert not Invitation.objects.exists()


def upload(client, event: Event, content: str, name: str = "people.csv"):
    url = reverse("admin:forums_event_upload", args=[event.pk])
    file = SimpleUploadedFile(name, content.encode())
    return client.post(url, {"upload-file": file, "upload-category": event.categories.get().pk})


def test_an_uploaded_list_is_shown_row_by_row_and_nothing_is_taken_over_yet(client, officer, event, thailand):
    client.force_login(officer)
    page = client.get(upload(client, event, SHEET).url)
    text = page.content.decode()
    assert "The name is missing." in text
    assert "“not-an-address” is not an e-mail address." in text
    assert [row.state for row, _choices in page.context["rows"]] == ["refused", "refused", "waiting", "waiting"]
    assert not Contact.objects.exists()


def test_the_people_of_an_uploaded_list_are_invited_after_it_was_taken_over(client, officer, event, thailand):
    client.force_login(officer)
    rows = upload(client, event, SHEET).url
    client.post(rows, {"confirmed": "1"})
    run_due_jobs()
    page = client.get(rows)
    look = client.get(page.context["next_url"])
    assert names(look) == [("Anong Srisai", ""), ("Bounmy", "")]
    client.post(page.context["next_url"], {"fingerprint": look.context["fingerprint"]})
    run_due_jobs()
    assert Invitation.objects.filter(event=event, status=InvitationStatus.PENDING).count() == 2


def test_a_possible_duplicate_is_decided_before_anything_is_taken_over(client, officer, event, thailand):
    known = ContactFactory(full_name="Anong Srisai", email="old@water.example", country=thailand, organisation=None)
    index_contact(known)
    client.force_login(officer)
    rows = upload(client, event, SHEET).url
    refused = client.post(rows, {"confirmed": "1"}, follow=True)
    assert "Decide first who is who" in refused.content.decode()
    assert Contact.objects.count() == 1
    client.post(rows, {"row-2": str(known.pk), "confirmed": "1"})  # as the spreadsheet numbers it
    run_due_jobs()
    assert Contact.objects.count() == 2
    known.refresh_from_db()
    assert known.email == "anong@water.example"


def test_a_file_that_is_no_spreadsheet_is_refused_beside_its_field_with_the_reason(client, officer, event):
    client.force_login(officer)
    response = upload(client, event, "%PDF-1.4", name="people.csv")
    assert response.status_code == 200
    assert response.context["upload"].errors["file"]
    assert not Job.objects.exists()


def test_somebody_elses_upload_cannot_be_opened(client, officer, logistics, event, thailand):
    client.force_login(officer)
    rows = upload(client, event, SHEET).url
    client.force_login(logistics)
    assert client.get(rows).status_code == 403


@pytest.mark.parametrize("role", ["logistics", "editor", "reader", "desk"])
def test_only_officers_invite(client, event, role, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("admin:forums_event_invite", args=[event.pk])).status_code == 403
    assert client.post(look_url(event), {}).status_code == 403


def test_the_first_page_offers_the_categories_of_this_event(client, officer, event):
    CategoryFactory(name_en="Of another event")
    client.force_login(officer)
    page = client.get(reverse("admin:forums_event_invite", args=[event.pk]))
    assert "Of another event" not in page.content.decode()
    assert "category" in filled(page, "")


def test_a_past_focal_point_is_not_in_office(client, officer, event, thailand):
    old = ContactFactory(country=thailand)
    yesterday = timezone.now().date() - timedelta(days=1)
    FocalPoint.objects.create(contact=old, country=thailand, valid_from=date(2020, 1, 1), valid_to=yesterday)
    client.force_login(officer)
    assert names(choose(client, event, focal="on")) == []


def test_a_refused_row_is_named_in_the_report(client, officer, event, thailand):
    client.force_login(officer)
    rows = upload(client, event, SHEET).url
    client.post(rows, {"confirmed": "1"})
    run_due_jobs()
    job = Job.objects.get()
    assert job.rows.filter(state=RowState.REFUSED).count() == 2
    assert client.get(reverse("core:job", args=[job.public_id])).status_code == 200
