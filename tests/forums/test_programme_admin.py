"""The programme of an event in the administration: entered, refused beside the field, released, withdrawn."""

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from forums.enums import PaperAccess
from forums.models import Event, EventPaper, ProgrammeRelease, ReleasedSession, Room, Session
from forums.services.programme import release_programme
from portal.core.audit import history
from tests.factories import ContactFactory, EventFactory, RoomFactory, SessionFactory, SpeakerFactory
from tests.forums.posting import filled

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2030, 12, 1), date(2030, 12, 2)
PROGRAMME_QUERIES = 15
ADD = reverse("admin:forums_session_add")


@pytest.fixture
def event():
    return EventFactory(start_day=DAY, end_day=NEXT, time_zone="Asia/Yangon", languages=["en", "vi"])


def url_of(event: Event, name: str = "programme") -> str:
    return reverse(f"admin:forums_event_{name}", args=[event.pk])


def change_url(obj: Any) -> str:
    return reverse(f"admin:{obj._meta.label_lower.replace('.', '_')}_change", args=[obj.pk])


def speaker(number: int = 0, **values: Any) -> dict[str, Any]:
    """A filled row of the inline, as the browser adds it."""
    return {
        "speakers-TOTAL_FORMS": str(number + 1),
        f"speakers-{number}-role": "speaker",
        f"speakers-{number}-order": "1",
        **{f"speakers-{number}-{name}": value for name, value in values.items()},
    }


def add(web, event: Event, **changes: Any):
    address = f"{ADD}?event={event.pk}"
    values = {"title_en": "Opening", "start_time": "09:00", "end_time": "10:30"} | changes
    return web.post(address, filled(web.get(address), "session_form", **values))


def save(web, obj: Any, form: str, **changes: Any):
    return web.post(change_url(obj), filled(web.get(change_url(obj)), form, **changes))


@pytest.mark.parametrize("count", [1, 3])
def test_a_day_of_the_programme_takes_the_same_number_of_queries_whatever_its_length(
    web, event, officer, count, django_assert_num_queries
):
    for _ in range(count):
        SpeakerFactory(session=SessionFactory(event=event, room=RoomFactory(event=event)))
    release_programme(event, by=officer)
    web.get(url_of(event))
    with django_assert_num_queries(PROGRAMME_QUERIES):
        page = web.get(url_of(event)).content.decode()
    assert page.count("09:00–10:30") == count


def test_each_day_is_a_page_of_its_own_and_an_unknown_one_leads_to_the_first(web, event):
    SessionFactory(event=event, title_en="First day")
    SessionFactory(event=event, day=NEXT, title_en="Second day")
    for query, shown, hidden in (
        ("", "First day", "Second day"),
        ("?day=2030-12-02", "Second day", "First day"),
        ("?day=nonsense", "First day", "Second day"),
    ):
        page = web.get(url_of(event) + query).content.decode()
        assert shown in page
        assert hidden not in page


def test_the_page_of_the_event_leads_to_its_programme(web, event):
    assert url_of(event) in web.get(change_url(event)).content.decode()


def test_a_session_is_added_with_its_speakers_and_the_languages_of_the_event(web, event):
    contact = ContactFactory()
    room = RoomFactory(event=event)
    response = add(web, event, room=str(room.pk), **speaker(name_en="Ana Cruz", contact=str(contact.pk)))
    assert response.headers["Location"] == f"{url_of(event)}?day=2030-12-01"
    session = event.sessions.get()
    assert (session.day, session.room, session.languages) == (DAY, room, ["en", "vi"])
    assert session.speakers.get().contact == contact
    assert not ReleasedSession.objects.exists()


def test_a_title_in_one_language_is_enough_and_none_is_refused_beside_the_field(web, event):
    assert add(web, event, title_en="", title_zh_hans="开幕式").status_code == 302
    response = add(web, event, title_en="", start_time="11:00", end_time="12:00")
    assert response.context["adminform"].form.errors["title_en"] == ["Enter the title in at least one language."]


@pytest.mark.parametrize(
    ("field", "changes", "words"),
    [
        ("day", {"day": "2030-12-03"}, "not a day of the event, which is on 1–2 December 2030"),
        ("end_time", {"end_time": "08:00"}, "ends before it begins"),
        ("end_time", {"end_time": "24:00"}, "Enter a valid time"),
    ],
)
def test_times_that_cannot_be_are_refused_beside_the_field(web, event, field, changes, words):
    response = add(web, event, **changes)
    assert words in response.context["adminform"].form.errors[field][0]
    assert not Session.objects.exists()


def test_a_room_that_is_taken_names_who_has_it_and_touching_ends_are_no_clash(web, event):
    room = RoomFactory(event=event)
    SessionFactory(event=event, room=room, title_en="Plenary")
    response = add(web, event, room=str(room.pk), start_time="10:00", end_time="11:00")
    error = "The room is taken at that time by “Plenary”, 09:00–10:30."
    assert response.context["adminform"].form.errors["room"] == [error]
    assert add(web, event, room=str(room.pk), start_time="10:30", end_time="11:00").status_code == 302


def test_two_breaks_without_a_room_at_one_time_are_no_clash(web, event):
    SessionFactory(event=event, kind="break")
    assert add(web, event, kind="break").status_code == 302


def test_saving_a_session_again_does_not_clash_with_itself(web, event):
    session = SessionFactory(event=event, room=RoomFactory(event=event))
    SpeakerFactory(session=session)
    assert save(web, session, "session_form", title_en="Renamed").status_code == 302
    session.refresh_from_db()
    assert session.title_en == "Renamed"


@pytest.mark.parametrize("name", ["Trần Đức Thịnh", "TRAN  DUC THINH"])
def test_a_speaker_cannot_be_in_two_sessions_at_one_time_however_the_name_is_written(web, event, name):
    SpeakerFactory(session=SessionFactory(event=event, title_en="Plenary"), name_en="Trần Đức Thịnh")
    response = add(web, event, start_time="10:00", end_time="11:00", **speaker(name_en=name))
    errors = response.context["inline_admin_formsets"][0].formset.forms[0].errors
    assert "is in “Plenary” at that time, 09:00–10:30." in errors["name_en"][0]
    assert add(web, event, start_time="10:30", end_time="11:00", **speaker(name_en=name)).status_code == 302


def test_one_contact_under_two_names_clashes_and_two_contacts_of_one_name_do_not(web, event):
    there, namesake = ContactFactory(), ContactFactory()
    SpeakerFactory(session=SessionFactory(event=event), name_en="Wang Wei", contact=there)
    response = add(web, event, **speaker(name_zh_hans="王伟", contact=str(there.pk)))
    assert "name_zh_hans" in response.context["inline_admin_formsets"][0].formset.forms[0].errors
    assert add(web, event, **speaker(name_en="Wang Wei", contact=str(namesake.pk))).status_code == 302


def test_refusals_speak_the_language_of_the_officer(web, event, officer):
    officer.language = "zh-hans"
    officer.save()
    RoomFactory(event=event)
    response = add(web, event, day="2030-12-03")
    assert "2030年12月1日" in response.context["adminform"].form.errors["day"][0]


def test_only_rooms_and_papers_of_the_event_are_offered(web, event):
    own, foreign = RoomFactory(event=event), RoomFactory()
    paper, other = (EventPaper.objects.create(event=one, access=PaperAccess.PUBLIC) for one in (event, foreign.event))
    page = web.get(f"{ADD}?event={event.pk}").context["adminform"].form
    assert list(page.fields["room"].queryset) == [own]
    assert list(page.fields["papers"].queryset) == [paper]
    assert add(web, event, room=str(foreign.pk)).status_code == 200
    assert add(web, event, papers=[str(paper.pk)]).status_code == 302
    paper.refresh_from_db()
    assert paper.session == event.sessions.get()
    save(web, paper.session, "session_form", papers=None)
    paper.refresh_from_db()
    assert paper.session is None
    assert other.session is None


def test_without_an_event_there_is_nothing_to_add_to(web):
    for query in ("", "?event=x", "?event=999999", "?event=99999999999999999999"):
        assert web.get(ADD + query).headers["Location"] == reverse("admin:forums_event_changelist")


def test_a_room_is_added_and_its_removal_leaves_the_session(web, event):
    address = f"{reverse('admin:forums_room_add')}?event={event.pk}"
    web.post(address, filled(web.get(address), "room_form", name_zh_hans="大厅"))
    room = Room.objects.get(event=event)
    session = SessionFactory(event=event, room=room)
    response = web.post(reverse("admin:forums_room_delete", args=[room.pk]), {"post": "yes"})
    assert response.headers["Location"] == url_of(event)
    session.refresh_from_db()
    assert session.room is None


def test_days_that_would_leave_a_session_outside_are_refused_beside_the_field(web, event):
    SessionFactory(event=event, day=NEXT, title_en="Closing")
    response = save(web, event, "event_form", end_day=str(DAY))
    assert "“Closing”" in response.context["adminform"].form.errors["end_day"][0]
    response = save(web, event, "event_form", start_day="2030-12-03", end_day="2030-12-04")
    assert "Move the dates" in response.context["adminform"].form.errors["start_day"][0]
    event.refresh_from_db()
    assert (event.start_day, event.end_day) == (DAY, NEXT)


def test_the_page_that_moves_the_dates_says_that_sessions_move_with_them(web, event):
    SessionFactory(event=event)
    assert "1 session of the programme moves with them" in web.get(url_of(event, "move")).content.decode()


def test_another_zone_carries_what_is_released_along(web, event, officer):
    SessionFactory(event=event, start_time=time(9))
    release_programme(event, by=officer)
    save(web, event, "event_form", time_zone="Asia/Dili")
    assert ReleasedSession.objects.public().get().starts_at.isoformat() == "2030-12-01T00:00:00+00:00"


def test_the_officer_sees_what_is_new_releases_it_and_withdraws_it(web, event):
    SessionFactory(event=event, title_en="Opening")
    assert "Opening" in web.get(url_of(event, "programme_release")).content.decode()
    web.post(url_of(event, "programme_release"), {"is_final": "on"})
    assert ProgrammeRelease.objects.get().is_final
    assert "Nothing has changed since then." in web.get(url_of(event)).content.decode()
    assert "programme released" in web.get(reverse("admin:forums_event_history", args=[event.pk])).content.decode()
    asked = web.get(url_of(event, "programme_withdraw"))
    assert "will no longer exist" in asked.content.decode()
    assert ProgrammeRelease.objects.get().is_current
    web.post(url_of(event, "programme_withdraw"))
    assert not ProgrammeRelease.objects.get().is_current


def test_releasing_nothing_is_refused_in_words(web, event):
    page = web.post(url_of(event, "programme_release"), follow=True).content.decode()
    assert "There is nothing to release yet" in page


def test_an_editor_reads_the_programme_and_changes_nothing(client, event, editor):
    session = SessionFactory(event=event)
    SpeakerFactory(session=session)
    client.force_login(editor)
    assert client.get(change_url(session)).status_code == 200
    assert client.post(change_url(session), {"title_en": "Mine"}).status_code == 403
    assert client.get(url_of(event, "programme_release")).status_code == 403
    assert url_of(event, "programme_release") not in client.get(url_of(event)).content.decode()


def test_what_was_changed_of_a_session_is_in_its_history(web, event):
    session = SessionFactory(event=event, title_en="Opening")
    save(web, session, "session_form", title_en="Solemn opening")
    assert history(session).first().changes["title_en"] == ["Opening", "Solemn opening"]


def test_the_times_that_are_typed_and_shown_are_said_to_be_those_of_the_place(web, event):
    add(web, event)
    assert "All times are Yangon time (UTC+6:30)" in web.get(url_of(event)).content.decode()
    assert "Yangon time (UTC+6:30)" in web.get(f"{ADD}?event={event.pk}").content.decode()


def test_the_next_session_begins_where_the_last_one_ended(web, event):
    response = add(web, event, _addanother="1")
    assert web.get(response.url).context["adminform"].form["start_time"].value() == "10:30"


def test_the_history_of_a_session_calls_its_speakers_by_name(web, event):
    add(web, event, **speaker(name_en="Daw Mya"))
    rows = web.get(reverse("admin:forums_session_history", args=[Session.objects.get().pk])).context["rows"]
    assert [(change.label, change.new) for row in rows for change in row.changes] == [
        ("Chair or speaker “Daw Mya”", "added")
    ]


def test_the_history_of_the_event_says_how_much_was_released(web, event, officer):
    SessionFactory(event=event)
    release_programme(event, by=officer)
    rows = web.get(reverse("admin:forums_event_history", args=[event.pk])).context["rows"]
    assert [row.action for row in rows] == ["programme released, sessions: 1"]


def test_the_lists_name_the_event_in_the_language_of_the_officer(web, event, officer):
    SessionFactory(event=event, room=RoomFactory(event=event))
    officer.language = "zh-hans"
    officer.save()
    for name in ("session", "room"):
        page = web.get(reverse(f"admin:forums_{name}_changelist")).content.decode()
        assert "?o=" in page
        assert ">Event<" not in "".join(page.split())
