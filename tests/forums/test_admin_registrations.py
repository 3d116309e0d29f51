"""The list of registrations, decisions about many, the data of one."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from forums.enums import ParticipationMode, RegisteredBy, RegistrationStatus
from forums.models import Event, Registration, SeatPool
from portal.core.audit import history
from portal.core.files import store_upload
from portal.mail.models import OutboxMessage
from tests.factories import (
    CategoryFactory,
    ContactFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    RegistrationFactory,
    SeatPoolFactory,
)
from tests.forums.posting import filled

LIST = reverse("admin:forums_registration_changelist")
LIST_QUERIES = 9
S = RegistrationStatus


@pytest.fixture
def event(db) -> Event:
    found = EventFactory()
    CategoryFactory(event=found, needs_approval=True)
    SeatPoolFactory(event=found, capacity=2)
    return found


def register(event: Event, status: str = S.PENDING, **fields) -> Registration:
    if status == S.WAITLISTED:
        fields.setdefault("queued_at", timezone.now())
    if status == S.CONFIRMED:
        pool = SeatPool.objects.get(event=event)
        pool.taken += 1
        pool.save(update_fields=["taken"])
    return RegistrationFactory(
        category=event.categories.first(), event=event, status=status, country=CountryFactory(), **fields
    )


def do(client, name: str, *registrations: Registration, **answers):
    """The action on many, confirmed."""
    chosen = {"action": name, "_selected_action": [row.pk for row in registrations], "index": "0"}
    return client.post(LIST, {**chosen, **answers, "confirmed": "1"}, follow=True)


def change_url(registration: Registration) -> str:
    return reverse("admin:forums_registration_change", args=[registration.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(
    client, officer, event, count, django_assert_num_queries
):
    for _ in range(count):  # with everything a row can lead to
        register(event, S.WAITLISTED, organisation=OrganisationFactory(), contact=ContactFactory())
    client.force_login(officer)
    client.get(LIST, {"event": event.pk})
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST, {"event": event.pk})
    assert len(response.context["cl"].result_list) == count


def test_the_list_shows_the_organisation_as_printed(client, officer, event):
    register(event, organisation=OrganisationFactory(name_en="As in the directory"), organisation_name="As printed")
    client.force_login(officer)
    page = client.get(LIST, {"event": event.pk}).content.decode()
    assert ("As printed" in page, "As in the directory" in page) == (True, False)


def test_the_place_in_line_is_that_of_the_event(client, officer, event):
    first, second = register(event, S.WAITLISTED), register(event, S.WAITLISTED)
    other = EventFactory()
    CategoryFactory(event=other)
    elsewhere = register(other, S.WAITLISTED)
    pending = register(event)
    client.force_login(officer)
    places = {row.pk: row.place for row in client.get(LIST).context["cl"].result_list}
    assert places == {first.pk: 1, second.pk: 2, elsewhere.pk: 1, pending.pk: None}


def test_search_folds_names_organisations_and_addresses(client, officer, event):
    wanted = register(event, full_name="Đặng Quốc Bảo", organisation_name="Bộ Môi trường")
    register(event)
    client.force_login(officer)
    for words in ("dang quoc", "BAO moi", "môi trường"):
        assert [row.pk for row in client.get(LIST, {"q": words}).context["cl"].result_list] == [wanted.pk]


def test_a_name_changed_later_is_found_by_the_new_name(client, officer, event):
    registration = register(event, full_name="Old name")
    client.force_login(officer)
    data = filled(client.get(change_url(registration)), "registration_form", full_name="Renée")
    client.post(change_url(registration), data)
    assert [row.pk for row in client.get(LIST, {"q": "renee"}).context["cl"].result_list] == [registration.pk]


def test_approving_many_seats_and_queues_in_the_order_of_asking_and_reports_the_skipped(client, officer, event):
    first, second, third = (register(event) for _ in range(3))
    draft = register(event, S.DRAFT)
    client.force_login(officer)
    page = do(client, "approve", third, draft, second, first).content.decode()
    assert "3 registrations approved." in page
    assert "1 skipped" in page
    statuses = [Registration.objects.get(pk=row.pk).status for row in (first, second, third, draft)]
    assert statuses == [S.CONFIRMED, S.CONFIRMED, S.WAITLISTED, S.DRAFT]


def test_rejecting_asks_for_a_reason_and_mails_it(client, officer, event):
    registration = register(event)
    client.force_login(officer)
    page = do(client, "reject", registration, reason="").content.decode()
    assert "This field is required" in page
    registration.refresh_from_db()
    assert registration.status == S.PENDING
    do(client, "reject", registration, reason="All seats are given")
    registration.refresh_from_db()
    assert registration.status == S.REJECTED
    assert OutboxMessage.objects.get().params["reason"] == "All seats are given"


def test_the_first_in_line_gets_the_free_seat_and_nobody_is_passed_over(client, officer, event):
    first, second = register(event, S.WAITLISTED), register(event, S.WAITLISTED)
    client.force_login(officer)
    page = do(client, "give_seat", second).content.decode()
    assert "has waited longer" in page
    do(client, "give_seat", first)
    first.refresh_from_db()
    assert first.status == S.CONFIRMED


def test_a_seat_by_hand_needs_a_reason_which_the_history_keeps(client, officer, event):
    SeatPool.objects.filter(event=event).update(capacity=0)
    registration = register(event, S.WAITLISTED)
    client.force_login(officer)
    url = reverse("admin:forums_registration_do", args=[registration.pk, "seat_over"])
    client.post(url, {"confirmed": "1", "reason": "Speaker"})
    registration.refresh_from_db()
    assert registration.status == S.CONFIRMED
    assert SeatPool.objects.get(event=event).over == 1
    assert history(registration).get(action="seat_over").note == "Speaker"


def test_cancelling_promotes_the_next_in_line(client, officer, event):
    SeatPool.objects.filter(event=event).update(capacity=1)
    held, waiting = register(event, S.CONFIRMED), register(event, S.WAITLISTED)
    client.force_login(officer)
    do(client, "cancel", held, reason="")
    waiting.refresh_from_db()
    assert waiting.status == S.CONFIRMED


def test_a_draft_is_sent_for_the_person_or_refused_with_what_is_missing(client, officer, event):
    ready, bare = register(event, S.DRAFT), register(event, S.DRAFT, position="")
    client.force_login(officer)
    page = do(client, "submit", ready, bare).content.decode()
    assert "these answers are missing: position" in page
    ready.refresh_from_db()
    assert ready.status == S.PENDING


def test_a_rejected_one_is_taken_up_again(client, officer, event):
    registration = register(event, S.REJECTED)
    client.force_login(officer)
    do(client, "return", registration)
    registration.refresh_from_db()
    assert registration.status == S.DRAFT


def test_edited_data_go_through_the_service_and_the_history_hides_personal_values(client, officer, event):
    registration = register(event)
    client.force_login(officer)
    data = filled(client.get(change_url(registration)), "registration_form", position="Minister", full_name="New")
    client.post(change_url(registration), data)
    entry = history(registration).get(action="edit")
    assert entry.changes == {"position": ["Director", "Minister"], "full_name": "•"}
    assert entry.actor == officer


def test_going_into_a_full_room_is_refused_beside_the_field(client, officer, event):
    SeatPool.objects.filter(event=event).update(capacity=0)
    registration = RegistrationFactory(
        category=event.categories.first(), event=event, status=S.CONFIRMED, mode=ParticipationMode.ONLINE
    )
    client.force_login(officer)
    data = filled(client.get(change_url(registration)), "registration_form", mode="in_person", position="Minister")
    page = client.post(change_url(registration), data).content.decode()
    assert "No seat is free." in page
    assert "Minister" in page


def test_needs_are_seen_by_permission_alone(client, reader, logistics, event):
    registration = register(event, diet_note="no peanuts")
    client.force_login(reader)
    assert "no peanuts" not in client.get(change_url(registration)).content.decode()
    client.force_login(logistics)
    assert "no peanuts" in client.get(change_url(registration)).content.decode()


def test_the_desk_and_logistics_cannot_decide(client, desk, logistics, event):
    registration = register(event)
    client.force_login(desk)
    assert client.get(LIST).status_code == 403
    client.force_login(logistics)
    assert client.get(LIST).status_code == 200
    url = reverse("admin:forums_registration_do", args=[registration.pk, "approve"])
    assert client.post(url, {"confirmed": "1"}).status_code == 403
    do(client, "approve", registration)
    registration.refresh_from_db()
    assert registration.status == S.PENDING


def add(client, event: Event, **values):
    url = f"{reverse('admin:forums_registration_add')}?event={event.pk}"
    data = {
        "category": event.categories.first().pk, "full_name": "Suparman", "email": "suparman@ministry.example",
        "language": "en", "mode": "in_person", "organisation_name": "Ministry", "position": "Director",
        "country": CountryFactory().pk, "submit": "on", **values,
    }  # fmt: skip
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def test_an_officer_registers_somebody_on_behalf(client, officer, event):
    client.force_login(officer)
    add(client, event)
    registration = Registration.objects.get()
    assert (registration.status, registration.registered_by) == (S.PENDING, RegisteredBy.STAFF)
    assert OutboxMessage.objects.get().kind == "forums.received"


def test_a_draft_on_behalf_may_have_gaps(client, officer, event):
    client.force_login(officer)
    page = add(client, event, position="")
    assert "Needed to send the registration" in page.content.decode()
    add(client, event, position="", submit=None)
    assert Registration.objects.get().status == S.DRAFT


def test_a_contact_is_registered_once(client, officer, event):
    contact = ContactFactory()
    register(event, contact=contact)
    client.force_login(officer)
    page = add(client, event, contact=contact.pk)
    assert "is registered already" in page.content.decode()
    assert Registration.objects.count() == 1


def test_the_link_of_a_registration_is_shown_and_logged(client, officer, event):
    registration = register(event)
    client.force_login(officer)
    url = reverse("admin:forums_registration_link", args=[registration.pk])
    assert registration.token in client.post(url).content.decode()
    assert history(registration).get().action == "link_shown"


def test_messages_and_consents_stand_on_the_page(client, officer, event, notice):
    registration = register(event)
    do_page = reverse("admin:forums_registration_do", args=[registration.pk, "approve"])
    client.force_login(officer)
    client.post(do_page, {"confirmed": "1"})
    assert "Registration confirmed" in client.get(change_url(registration)).content.decode()


def test_the_photo_opens_for_those_who_see_the_registration(client, logistics, desk, event):
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    upload = SimpleUploadedFile("me.png", picture.getvalue())
    registration = register(event, photo=store_upload(upload, purpose="forums.photo", kinds=("image",)))
    url = reverse("admin:forums_registration_photo", args=[registration.pk])
    client.force_login(logistics)
    response = client.get(url)
    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content)
    assert client.get(reverse("admin:forums_registration_photo", args=[register(event).pk])).status_code == 404
    client.force_login(desk)
    assert client.get(url).status_code == 403
