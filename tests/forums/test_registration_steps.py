"""The steps of a registration: they save, they say what to mend, they lose nothing."""

from datetime import UTC, datetime
from io import BytesIO

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from forums.enums import RegisteredBy, RegistrationStatus
from forums.forms import STEPS
from forums.models import Registration
from forums.services import registrations
from portal.core.models import Consent
from tests.factories import (
    CategoryFactory,
    CountryFactory,
    EventFactory,
    RegistrationFactory,
    SeatPoolFactory,
    TextVersionFactory,
)
from tests.forums.links import address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(notice):
    return RegistrationFactory(
        category=CategoryFactory(event=EventFactory(mode="hybrid")),
        country=CountryFactory(languages=["th"]),
        full_name="Somchai",
        email="somchai@ministry.example",
    )


def step_url(registration, step):
    return address(registration, "step", step=step)


def save(client, registration, step, **changes):
    url = step_url(registration, step)
    return client.post(url, typed(client, url, **changes))


def test_each_step_leads_to_the_next_and_the_last_to_the_summary(client, registration):
    answers = {"consent": {"privacy": "on"}}
    urls = [save(client, registration, step, **answers.get(step, {})).url for step in STEPS]
    assert urls == [
        step_url(registration, "work"),
        step_url(registration, "part"),
        step_url(registration, "consent"),
        address(registration),
    ]


def test_a_wrong_field_loses_nothing(client, registration):
    response = save(
        client, registration, "you", title="Dr", badge_name="สมชาย", email="not an address", phone="+66 2 123"
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="not an address"' in page
    assert 'value="+66 2 123"' in page
    assert "Check the address: it should look like name@ministry.example." in page
    registration.refresh_from_db()
    assert (registration.title, registration.badge_name, registration.email) == (
        "Dr",
        "สมชาย",
        "somchai@ministry.example",
    )


def test_errors_stand_beside_the_field_and_in_a_summary_that_leads_there(client, registration):
    page = save(client, registration, "work", position="").content.decode()
    assert 'href="#id_position"' in page
    assert "Say what you do, as it should be printed." in page
    assert 'aria-describedby="id_position_helptext id_position_error"' in page
    assert 'aria-invalid="true"' in page


def test_finishing_later_keeps_what_is_there_and_forgives_what_is_empty(client, registration):
    response = save(client, registration, "work", position="", department="Coasts", later="1")
    assert response.url == address(registration)
    registration.refresh_from_db()
    assert registration.department == "Coasts"


def test_finishing_later_with_a_wrong_address_shows_it_instead_of_dropping_it(client, registration):
    response = save(client, registration, "you", email="nobody@", later="1")
    assert response.status_code == 422
    assert 'value="nobody@"' in response.content.decode()


def test_an_assistant_says_who_they_are(client, registration):
    refused = save(client, registration, "you", for_somebody_else="on")
    assert refused.status_code == 422
    assert "Write your own name here" in refused.content.decode()
    save(client, registration, "you", for_somebody_else="on", assistant_name="Ms Lee", assistant_email="lee@m.example")
    registration.refresh_from_db()
    assert (registration.registered_by, registration.assistant_name) == (RegisteredBy.ASSISTANT, "Ms Lee")
    assert "Ms Lee" in client.get(address(registration)).content.decode()


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    kept = BytesIO()
    Image.new("RGB", (64, 80), "teal").save(kept, "HEIF")
    return kept.getvalue()


def test_a_photo_from_a_phone_is_accepted_and_shown(client, registration):
    photo = SimpleUploadedFile("IMG_0001.HEIC", heic(), "application/octet-stream")
    assert save(client, registration, "you", photo_file=photo).status_code == 302
    registration.refresh_from_db()
    response = client.get(address(registration, "photo"))
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(b"".join(response))).size == (64, 80)
    assert address(registration, "photo") in client.get(address(registration)).content.decode()


def test_a_good_photo_survives_an_error_elsewhere_and_can_be_removed(client, registration):
    photo = SimpleUploadedFile("me.heic", heic())
    assert save(client, registration, "you", photo_file=photo, email="wrong").status_code == 422
    registration.refresh_from_db()
    assert registration.photo is not None
    save(client, registration, "you", remove_photo="on")
    registration.refresh_from_db()
    assert registration.photo is None


def test_what_is_no_picture_is_refused_with_the_reason_beside_the_field(client, registration):
    fake = SimpleUploadedFile("me.jpg", b"MZ not a picture", "image/jpeg")
    response = save(client, registration, "you", photo_file=fake)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["photo_file"]


def test_countries_stand_in_protocol_order_with_the_parties_first(client, registration):
    CountryFactory(code="CN", name_en="China", party="china", order_members_then_china=12)
    CountryFactory(code="BN", name_en="Brunei Darussalam", order_members_then_china=1)
    CountryFactory(code="AU", name_en="Australia", party="other", order_members_then_china=None)
    choices = client.get(step_url(registration, "work")).context["form"].fields["country"].choices
    groups = [[name for _, name in group] for _, group in list(choices)[1:]]
    assert groups == [["Brunei Darussalam", "Thailand", "China"], ["Australia"]]


def test_the_native_name_is_marked_with_the_language_of_the_country(client, registration):
    field = client.get(step_url(registration, "you")).context["form"]["native_name"]
    assert 'lang="th"' in str(field)
    assert 'dir="auto"' in str(field)


def test_the_mode_is_asked_only_where_there_is_a_choice(client, registration):
    assert "mode" in client.get(step_url(registration, "part")).context["form"].fields
    type(registration.event).objects.update(mode="in_person")
    assert "mode" not in client.get(step_url(registration, "part")).context["form"].fields


def test_no_consent_is_ticked_beforehand_and_the_notice_is_required(client, registration):
    form = client.get(step_url(registration, "consent")).context["form"]
    assert [form[name].value() for name in ("privacy", "photo_video", "mailing")] == [False, False, False]
    assert form["list_consent"].value() == "none"
    assert save(client, registration, "consent").status_code == 422
    assert Consent.objects.count() == 0


def test_a_notice_that_changed_meanwhile_is_shown_before_it_is_agreed_to(client, registration):
    url = step_url(registration, "consent")
    answers = typed(client, url, privacy="on")
    TextVersionFactory(version="2.0")
    response = client.post(url, answers)
    assert response.status_code == 409
    assert "The privacy notice changed while you were reading" in response.content.decode()
    assert Consent.objects.count() == 0


def test_saving_the_same_consents_again_adds_no_row(client, registration):
    for _ in range(2):
        save(client, registration, "consent", privacy="on")
    assert Consent.objects.count() == 5


def test_after_the_deadline_a_draft_keeps_what_was_typed_and_the_page_shows_it(client, registration):
    url = step_url(registration, "work")
    answers = typed(client, url, position="Deputy Minister")
    type(registration.event).objects.update(registration_deadline=datetime(2026, 3, 1, 4, 0, tzinfo=UTC))
    response = client.post(url, answers)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Registration closed on 1 March 2026, 12:00 Beijing time (UTC+8)." in page
    assert 'value="Deputy Minister"' in page
    assert registration.event.mailbox in page
    registration.refresh_from_db()
    assert (registration.status, registration.position) == (RegistrationStatus.DRAFT, "Deputy Minister")


def test_after_the_deadline_a_sent_registration_is_not_changed_but_shows_what_was_typed(client, registration):
    Registration.objects.update(status=RegistrationStatus.CONFIRMED)
    url = step_url(registration, "work")
    answers = typed(client, url, position="Deputy Minister")
    type(registration.event).objects.update(registration_deadline=datetime(2026, 3, 1, 4, 0, tzinfo=UTC))
    response = client.post(url, answers)
    assert response.status_code == 409
    assert 'value="Deputy Minister"' in response.content.decode()
    registration.refresh_from_db()
    assert registration.position == "Director"


def test_of_two_windows_the_second_sees_both_values_and_decides(client, registration):
    url = step_url(registration, "work")
    first, second = typed(client, url, position="Director General"), typed(client, url, position="Deputy Director")
    assert client.post(url, first).status_code == 302
    response = client.post(url, second)
    assert response.status_code == 409
    assert response.context["differences"] == [("Position", "Director General")]
    assert 'value="Deputy Director"' in response.content.decode()
    registration.refresh_from_db()
    assert registration.position == "Director General"
    again = client.post(url, second | {"seen": response.context["seen"]})
    assert again.status_code == 302
    registration.refresh_from_db()
    assert registration.position == "Deputy Director"


def test_the_same_answers_from_two_windows_are_no_conflict(client, registration):
    url = step_url(registration, "work")
    answers = typed(client, url, position="Director General")
    assert [client.post(url, answers).status_code for _ in range(2)] == [302, 302]


def test_a_sent_registration_is_changed_and_leads_back_to_the_summary(client, registration):
    Registration.objects.update(status=RegistrationStatus.CONFIRMED)
    assert save(client, registration, "work", position="Minister").url == address(registration)
    registration.refresh_from_db()
    assert (registration.position, registration.status) == ("Minister", RegistrationStatus.CONFIRMED)


def test_going_from_online_to_a_full_room_is_refused_beside_the_field(client, registration):
    SeatPoolFactory(event=registration.event, capacity=0)
    Registration.objects.update(status=RegistrationStatus.CONFIRMED, mode="online")
    response = save(client, registration, "part", mode="in_person", diet="vegan")
    assert response.status_code == 422
    assert response.context["form"].errors == {"mode": ["No seat is free."]}
    registration.refresh_from_db()
    assert (registration.mode, registration.diet) == ("online", "")


def test_a_step_saved_while_another_tab_sends_the_draft_takes_the_seat_it_asks_for(client, registration, monkeypatch):
    """The draft was read before it was sent: saved as a draft, it would come into the room without a seat."""
    pool = SeatPoolFactory(event=registration.event, capacity=1)
    Registration.objects.update(mode="online")
    answers = typed(client, step_url(registration, "part"), mode="in_person")
    save_step = registrations.save_step

    def send_first(draft, values, **kwargs):
        registrations.submit(Registration.objects.get(pk=draft.pk), by="officer")
        save_step(draft, values, **kwargs)

    monkeypatch.setattr(registrations, "save_step", send_first)
    assert client.post(step_url(registration, "part"), answers).url == address(registration)
    registration.refresh_from_db()
    pool.refresh_from_db()
    assert (registration.status, registration.mode, pool.taken) == (RegistrationStatus.CONFIRMED, "in_person", 1)


def test_an_unknown_step_does_not_exist(client, registration):
    assert client.get(step_url(registration, "passport")).status_code == 404


@pytest.mark.parametrize(("step", "queries"), [("you", 2), ("work", 3), ("part", 2), ("consent", 3)])
def test_a_step_asks_the_database_a_fixed_number_of_times(
    client, registration, django_assert_num_queries, step, queries
):
    for countries in ("BN", "KH", "CN"):
        CountryFactory(code=countries)
    client.get(step_url(registration, step))
    with django_assert_num_queries(queries):
        client.get(step_url(registration, step))


def test_a_rejected_registration_cannot_be_edited_by_its_address(client, registration):
    registrations.cancel(registration)
    assert client.get(step_url(registration, "you")).url == address(registration)
    assert client.post(step_url(registration, "you"), {"full_name": "X"}).url == address(registration)


def test_a_photo_opens_by_its_own_address_only_for_staff(client, registration, officer, delegate):
    save(client, registration, "you", photo_file=SimpleUploadedFile("me.heic", heic()))
    registration.refresh_from_db()
    url = reverse("core:file", args=[registration.photo.public_id])
    seen = {}
    for user in (None, delegate, officer):
        if user:
            client.force_login(user)
        response = client.get(url)
        seen[user and user.name] = (response.status_code, len(b"".join(response)) > 0)
    assert [status for status, _ in seen.values()] == [404, 404, 200]
