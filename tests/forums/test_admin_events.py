"""Events in the administration: the list, the form in the event's own zone, the buttons."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from forums.enums import EventStatus
from forums.models import Category, Event, EventPaperFile, SeatPool
from portal.core.audit import history
from portal.mail.models import OutboxMessage, ReminderRule
from tests.factories import (
    CategoryFactory,
    CountryFactory,
    EventFactory,
    InvitationFactory,
    RegistrationFactory,
    SeatPoolFactory,
)
from tests.forums.posting import filled

LIST = reverse("admin:forums_event_changelist")
LIST_QUERIES = 9


def change_url(event: Event) -> str:
    return reverse("admin:forums_event_change", args=[event.pk])


def save(client, event: Event, **changes):
    data = filled(client.get(change_url(event)), "event_form", **changes)
    return client.post(change_url(event), data | {"_continue": "1"})


def make_full_event() -> Event:
    event = EventFactory(country=CountryFactory())
    category = CategoryFactory(event=event)
    SeatPoolFactory(event=event, capacity=30)
    InvitationFactory(category=category, event=event)
    RegistrationFactory(category=category, event=event, status="confirmed")
    return event


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(
    client, officer, count, django_assert_num_queries
):
    for _ in range(count):
        make_full_event()
    client.force_login(officer)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST)
    assert response.content.decode().count("1 / 30") == count


def test_deadlines_are_shown_in_the_zone_of_the_event(client, officer):
    event = EventFactory(time_zone="Asia/Yangon", answer_deadline=datetime(2030, 3, 1, 10, 0, tzinfo=UTC))
    client.force_login(officer)
    page = client.get(change_url(event))
    data = filled(page, "event_form")
    assert (data["answer_deadline_0"], data["answer_deadline_1"]) == (["2030-03-01"], ["16:30"])
    assert "Yangon time (UTC+6:30)" in page.content.decode()


def test_deadlines_are_read_in_the_zone_chosen_in_the_same_save(client, officer):
    event = EventFactory(time_zone="Asia/Shanghai")
    client.force_login(officer)
    save(client, event, time_zone="Asia/Dili", registration_deadline_0="2030-03-01", registration_deadline_1="18:00")
    event.refresh_from_db()
    assert event.time_zone == "Asia/Dili"
    assert event.registration_deadline == datetime(2030, 3, 1, 9, 0, tzinfo=UTC)


def test_a_last_day_before_the_first_is_refused_beside_the_field(client, officer):
    event = EventFactory()
    client.force_login(officer)
    response = save(client, event, end_day=str(event.start_day - timedelta(days=1)))
    assert response.context["adminform"].form.errors == {"end_day": ["The last day is before the first."]}
    assert '<a class="underline" href="#id_end_day">Last day</a>: The last day is before' in response.content.decode()


def test_the_history_names_rows_below_the_event_and_their_fields_in_words(client, officer):
    category = CategoryFactory()
    client.force_login(officer)
    save(client, category.event, **{"categories-0-name_en": "Observer"})
    rows = client.get(reverse("admin:forums_event_history", args=[category.event_id])).context["rows"]
    changes = [(change.label, change.new) for row in rows for change in row.changes]
    assert ("Category “Observer”", "changed: name (English)") in changes


@pytest.mark.parametrize(
    ("status", "first"), [("draft", "Announce"), ("announced", "Invite people"), ("cancelled", None)]
)
def test_what_an_event_waits_for_stands_out(client, officer, status, first):
    client.force_login(officer)
    rows = client.get(change_url(EventFactory(status=status))).context["panel"]
    shown = [str(link.label) for _heading, links in rows for link in links if link.tone == "primary"]
    assert shown == [first] if first else shown == []


def test_a_deadline_without_a_time_is_the_end_of_that_day(client, officer):
    event = EventFactory(time_zone="Asia/Shanghai")
    client.force_login(officer)
    save(client, event, registration_deadline_0="2030-03-01", registration_deadline_1="")
    event.refresh_from_db()
    assert event.registration_deadline == datetime(2030, 3, 1, 15, 59, tzinfo=UTC)


def test_a_capacity_below_the_seats_taken_is_refused_beside_the_field_and_nothing_typed_is_lost(client, officer):
    event = EventFactory()
    SeatPoolFactory(event=event, capacity=5, taken=4)
    client.force_login(officer)
    response = save(client, event, seats="3", venue_en="Hall of Peace")
    page = response.content.decode()
    assert response.status_code == 200
    assert "4 seats are already taken" in page
    assert "Hall of Peace" in page
    assert SeatPool.objects.get(event=event).capacity == 5
    assert not history(event).filter(action="seats").exists()


def test_a_larger_capacity_promotes_from_the_waiting_list(client, officer):
    event = EventFactory()
    category = CategoryFactory(event=event)
    SeatPoolFactory(event=event, capacity=1, taken=1)
    waiting = RegistrationFactory(category=category, event=event, status="waitlisted", queued_at=timezone.now())
    client.force_login(officer)
    save(client, event, seats="2")
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"
    assert history(event).get(action="seats").changes == {"whole event": [1, 2]}


def test_seats_of_a_category_are_kept_in_its_own_pool(client, officer):
    event = EventFactory()
    category = CategoryFactory(event=event)
    RegistrationFactory(category=category, event=event, status="confirmed")
    client.force_login(officer)
    save(client, event, **{"categories-0-seats": "7"})
    pool = SeatPool.objects.get(category=category)
    assert (pool.capacity, pool.taken) == (7, 1)


def test_a_new_event_gets_a_category_a_pool_and_the_usual_reminders(client, officer):
    client.force_login(officer)
    url = reverse("admin:forums_event_add")
    data = filled(client.get(url), "event_form", title_en="Workshop on kelp", slug="kelp", start_day="2030-05-01")
    client.post(url, data)
    event = Event.objects.get(slug="kelp")
    assert event.status == EventStatus.DRAFT
    assert Category.objects.filter(event=event).count() == 1
    assert SeatPool.objects.filter(event=event).count() == 1
    assert ReminderRule.objects.filter(scope=event.scope).exists()


def test_moving_the_place_tells_everybody_concerned(client, officer):
    event = EventFactory()
    RegistrationFactory(category=CategoryFactory(event=event), event=event, status="confirmed")
    client.force_login(officer)
    save(client, event, venue_en="Hall of Peace")
    assert OutboxMessage.objects.get().kind == "forums.event_changed"


def test_nobody_is_told_when_the_tick_is_taken_away_or_nothing_that_matters_changed(client, officer):
    event = EventFactory()
    RegistrationFactory(category=CategoryFactory(event=event), event=event, status="confirmed")
    client.force_login(officer)
    save(client, event, venue_en="Hall of Peace", tell_all=None)
    save(client, event, theme_en="The sea")
    assert not OutboxMessage.objects.exists()


def test_the_status_is_no_field_of_the_form(client, officer):
    event = EventFactory(status=EventStatus.DRAFT)
    client.force_login(officer)
    save(client, event, status="announced", theme_en="The sea")
    event.refresh_from_db()
    assert (event.theme_en, event.status) == ("The sea", EventStatus.DRAFT)


def test_a_paper_is_kept_with_a_file_for_its_language_and_staff_can_open_it(client, officer):
    event = EventFactory()
    client.force_login(officer)
    data = filled(client.get(change_url(event)), "event_form")
    data |= {
        "papers-TOTAL_FORMS": "1",
        "papers-0-kind": "concept",
        "papers-0-access": "public",
        "papers-0-order": "0",
        "papers-0-title_en": "Concept note",
        "papers-0-upload_en": SimpleUploadedFile("note.pdf", b"%PDF-1.4 ... %%EOF"),
    }
    client.post(change_url(event), data)
    row = EventPaperFile.objects.get(paper__event=event)
    assert (row.language, row.file.name, row.file.uploaded_by) == ("en", "note.pdf", officer)
    response = client.get(reverse("admin:forums_event_paper", args=[event.pk, row.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 ... %%EOF"


def test_a_paper_of_a_wrong_type_is_refused_beside_its_field(client, officer):
    event = EventFactory()
    client.force_login(officer)
    data = filled(client.get(change_url(event)), "event_form")
    data |= {
        "papers-TOTAL_FORMS": "1",
        "papers-0-kind": "concept",
        "papers-0-access": "public",
        "papers-0-order": "0",
        "papers-0-upload_en": SimpleUploadedFile("note.exe", b"MZ"),
    }
    response = client.post(change_url(event), data)
    assert "This kind of file is not accepted here" in response.content.decode()


def test_a_step_is_asked_for_first_and_a_get_changes_nothing(client, officer):
    event = EventFactory()
    RegistrationFactory(category=CategoryFactory(event=event), event=event, status="confirmed")
    InvitationFactory(category=event.categories.get(), event=event, sent_at=timezone.now())
    client.force_login(officer)
    url = reverse("admin:forums_event_step", args=[event.pk, "cancel"])
    page = client.get(url).content.decode()
    assert "1 registered person gets a message." in page
    assert "1 invited person too." in page
    event.refresh_from_db()
    assert event.status == EventStatus.ANNOUNCED
    client.post(url)
    event.refresh_from_db()
    assert event.status == EventStatus.CANCELLED
    assert OutboxMessage.objects.count() == 2


def test_a_step_that_somebody_else_took_first_is_reported_not_an_error(client, officer):
    event = EventFactory(status=EventStatus.CANCELLED)
    client.force_login(officer)
    response = client.post(reverse("admin:forums_event_step", args=[event.pk, "announce"]), follow=True)
    assert "not possible in its present state" in response.content.decode()


def test_the_dates_move_with_the_deadlines(client, officer):
    event = EventFactory()
    client.force_login(officer)
    later = event.start_day + timedelta(days=7)
    client.post(
        reverse("admin:forums_event_move", args=[event.pk]), {"start_day": later.isoformat(), "with_deadlines": "on"}
    )
    moved = Event.objects.get(pk=event.pk)
    assert moved.start_day == later
    assert moved.answer_deadline == event.answer_deadline + timedelta(days=7)


def test_a_copy_is_a_draft_at_its_own_address(client, officer):
    event = make_full_event()
    client.force_login(officer)
    url = reverse("admin:forums_event_copy", args=[event.pk])
    taken = client.post(url, {"slug": event.slug, "start_day": "2031-05-01"})
    assert "Another event has this address" in taken.content.decode()
    client.post(url, {"slug": "next-one", "start_day": "2031-05-01"})
    copy = Event.objects.get(slug="next-one")
    assert copy.status == EventStatus.DRAFT
    assert not copy.registrations.exists()


def test_reminders_of_the_event_are_edited_in_words_and_say_when_they_go_out(client, officer):
    event = EventFactory(time_zone="Asia/Shanghai", answer_deadline=datetime(2030, 3, 8, 10, 0, tzinfo=UTC))
    rule = ReminderRule.objects.create(
        scope=event.scope, audience="not_answered", anchor="answer_deadline", offset_hours=-168,
        kind="forums.reminder_answer",
    )  # fmt: skip
    client.force_login(officer)
    url = reverse("admin:forums_event_reminders", args=[event.pk])
    page = client.get(url)
    assert "1 March 2030, 18:00 Beijing time (UTC+8)" in page.content.decode()
    data = filled(page, "reminders") | {"form-0-number": "2"}
    client.post(url, data)
    rule.refresh_from_db()
    assert rule.offset_hours == -48
    assert ReminderRule.objects.filter(scope=event.scope).count() == 1


def test_an_editor_changes_texts_and_nothing_else(client, editor):
    event = EventFactory(venue_en="Old hall")
    client.force_login(editor)
    data = filled(client.get(change_url(event)), "event_form", theme_en="The sea", venue_en="New hall", slug="other")
    client.post(change_url(event), data)
    event.refresh_from_db()
    assert (event.theme_en, event.venue_en) == ("The sea", "Old hall")
    assert event.slug != "other"


@pytest.mark.parametrize("page", ["invite", "board", "move", "copy", "reminders"])
def test_the_desk_sees_participants_only(client, desk, page):
    event = EventFactory()
    client.force_login(desk)
    assert client.get(change_url(event)).status_code == 200
    assert client.get(reverse("admin:forums_event_participants", args=[event.pk])).status_code == 200
    assert client.get(reverse(f"admin:forums_event_{page}", args=[event.pk])).status_code == 403
    assert client.post(reverse("admin:forums_event_step", args=[event.pk, "cancel"])).status_code == 403


def test_an_announced_event_cannot_be_deleted(client, manager):
    event = EventFactory()
    client.force_login(manager)
    assert client.post(reverse("admin:forums_event_delete", args=[event.pk]), {"post": "yes"}).status_code == 403
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_public_link_comes_as_text_and_as_a_picture(client, officer):
    event = EventFactory()
    client.force_login(officer)
    page = client.get(reverse("admin:forums_event_link", args=[event.pk])).content.decode()
    assert f"/en/forums/{event.slug}/" in page
    assert f"/zh-hans/forums/{event.slug}/" in page
    assert page.count("data:image/svg+xml") == 2
