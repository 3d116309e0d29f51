"""A programme from a spreadsheet: every row's fate before anything is taken over, and after."""

import io
from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from forums.models import Event, Room, Session, SessionSpeaker
from forums.services.programme.columns import SESSION_COLUMNS, SPEAKER_COLUMNS, headings
from forums.services.programme.running import plan_programme
from forums.services.programme.sheet import programme_parts
from portal.core.jobs import confirm_job, run_due_jobs
from portal.core.models import Job
from portal.core.models.jobs import JobState, RowState
from portal.core.sheets import SheetError, SheetPart, read_sheet, write_workbook
from tests.factories import ContactFactory, EventFactory, RoomFactory, SessionFactory, SpeakerFactory
from tests.forums.programme_sheet import programme_workbook

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2030, 12, 1), date(2030, 12, 2)
ROW = {"day": DAY, "start": time(9), "end": time(10, 30), "title_en": "Opening"}


@pytest.fixture
def event():
    return EventFactory(start_day=DAY, end_day=NEXT, time_zone="Asia/Yangon")


def workbook(*rows: dict[str, Any], speakers: list[dict[str, Any]] | None = None) -> io.BytesIO:
    parts = [SheetPart("Sessions", headings(SESSION_COLUMNS), [ROW | row for row in rows])]
    if speakers is not None:
        parts.append(SheetPart("Speakers", headings(SPEAKER_COLUMNS), speakers))
    return io.BytesIO(b"".join(write_workbook(parts)))


def raw_workbook(header: list[str], *rows: list[Any]) -> io.BytesIO:
    """Cells as another program writes them, formulas and all."""
    book, file = Workbook(), io.BytesIO()
    for row in (header, *rows):
        book.active.append(row)
    book.save(file)
    return file


def plan(file: io.BytesIO, event: Event, officer: Any) -> Job:
    return plan_programme(file, event, by=officer)


def run(file: io.BytesIO, event: Event, officer: Any) -> Job:
    job = plan(file, event, officer)
    confirm_job(job, by=officer)
    run_due_jobs()
    job.refresh_from_db()
    return job


def fates(job: Job) -> list[str]:
    return list(job.rows.order_by("number").values_list("state", flat=True))


def reason(job: Job) -> str:
    """Why the one refused row was refused."""
    return job.rows.get(state=RowState.REFUSED).reason


def test_sixty_sessions_in_three_rooms_with_eighty_speakers_come_in_and_a_second_time_nothing_changes(event, officer):
    job = run(programme_workbook(DAY), event, officer)
    assert job.state == JobState.DONE
    assert fates(job) == [RowState.CREATED] * 60
    assert event.sessions.count() == 60
    assert sorted(event.rooms.values_list("name_zh_hans", flat=True)) == sorted(["红树林厅", "珊瑚厅", "海草厅"])
    assert SessionSpeaker.objects.filter(session__event=event).count() == 80
    keys = set(event.sessions.values_list("pk", flat=True))
    assert fates(plan(programme_workbook(DAY), event, officer)) == [RowState.UNCHANGED] * 60
    assert fates(run(programme_workbook(DAY), event, officer)) == [RowState.UNCHANGED] * 60
    assert set(event.sessions.values_list("pk", flat=True)) == keys


def test_nothing_is_taken_over_before_the_officer_confirms(event, officer):
    job = plan(workbook({}), event, officer)
    assert (job.state, job.rows.get().reason) == (JobState.DRAFT, "New session.")
    assert not Session.objects.exists()
    assert not Room.objects.exists()


def test_everything_about_a_session_and_its_speakers_is_understood_in_either_language(event, officer):
    row = {
        "session": 7,
        "kind": "平行会议",
        "title_zh_hans": "开幕",
        "room_en": "Hall",
        "room_zh_hans": "大厅",
        "languages": "English、中文",
        "interpretation": "thai; vi",
    }
    people = [
        {
            "session": 7,
            "role": "Chair / 主席",
            "name_en": "Ana Cruz",
            "position_en": "Director",
            "topic_zh_hans": "题目",
        },
        {"session": 7, "role": "", "name_zh_hans": "王建华", "organisation_zh_hans": "研究所"},
    ]
    run(workbook(row, speakers=people), event, officer)
    session = event.sessions.get()
    assert (session.kind, session.title_en, session.title_zh_hans) == ("parallel", "Opening", "开幕")
    assert (session.room.name_en, session.room.name_zh_hans) == ("Hall", "大厅")
    assert (session.languages, session.interpretation) == (["en", "zh-hans"], ["th", "vi"])
    first, second = session.speakers.all()
    assert (first.role, first.name_en, first.position_en, first.topic_zh_hans) == (
        "chair",
        "Ana Cruz",
        "Director",
        "题目",
    )
    assert (second.role, second.name_zh_hans, second.organisation_zh_hans) == ("speaker", "王建华", "研究所")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_any_encoding_brings_speakers_in_a_cell(event, officer, encoding):
    cells = '2030年12月1日,9:00,10：30,开幕式,大厅,"主席 | 王建华 | 司长 | 环境部\n李思雨"'
    text = f"日期,开始,结束,标题,会场,发言人\n{cells}\n"
    run(io.BytesIO(text.encode(encoding)), event, officer)
    session = event.sessions.get()
    assert (session.title_zh_hans, session.end_time) == ("开幕式", time(10, 30))
    assert [(one.role, one.name_zh_hans) for one in session.speakers.all()] == [
        ("chair", "王建华"),
        ("speaker", "李思雨"),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (0.375, time(9)),
        (time(9, 0, 30), time(9)),
        ("9:00", time(9)),
        ("09.00", time(9)),
        ("9时", time(9)),
        ("上午9:00", time(9)),
        ("9 am", time(9)),
        ("09:00:00", time(9)),
    ],
)
def test_times_are_read_as_spreadsheets_and_people_write_them(event, officer, cell, expected):
    file = raw_workbook(["Date", "Begins", "Ends", "Title"], ["2030-12-01", cell, "23:59", "Opening"])
    run(file, event, officer)
    assert event.sessions.get().start_time == expected


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"day": date(2030, 12, 3)}, "not a day of the event"),
        ({"day": "1st of December"}, "write it as 2026-12-01"),
        ({"day": ""}, "The date is missing."),
        ({"start": time(11)}, "ends before it begins"),
        ({"end": "24:00"}, "write 23:59"),
        ({"start": "morning"}, "write it as 09:30"),
        ({"start": 9}, "write it as 09:30"),
        ({"title_en": ""}, "The title is missing."),
        ({"title_en": "x" * 301}, "longer than 300"),
        ({"kind": "Seance"}, "Opening / 开幕式"),
        ({"languages": "English, Klingon"}, "“Klingon” is not known. Write one of: English / 英语"),
        ({"interpretation": "Elvish"}, "“Elvish” is not known"),
        ({"room_en": "Hole"}, "“Hole” is not known. Write one of: Hall"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_what_to_write_instead(event, officer, row, words):
    RoomFactory(event=event, name_en="Hall", name_zh_hans="")
    job = plan(workbook({"start": time(14), "end": time(15), "title_en": "Good"}, row), event, officer)
    assert fates(job) == [RowState.WAITING, RowState.REFUSED]
    assert words in reason(job)
    confirm_job(job, by=officer)
    run_due_jobs()
    assert [session.title_en for session in event.sessions.all()] == ["Good"]


def test_a_formula_that_no_program_has_computed_is_an_empty_cell(event, officer):
    file = raw_workbook(["Date", "Begins", "Ends", "Title"], ["2030-12-01", "09:00", "10:00", '=HYPERLINK("http://x")'])
    assert "The title is missing." in reason(plan(file, event, officer))


def test_a_speaker_without_name_with_an_unknown_role_or_of_no_session_is_refused_by_the_row_it_stands_in(
    event, officer
):
    people = [
        {"session": 1, "role": "Chair"},
        {"session": 2, "role": "Wizard", "name_en": "Merlin"},
        {"session": 9, "role": "Chair", "name_en": "Nobody"},
    ]
    later = {"session": 2, "start": time(11), "end": time(12)}
    job = plan(workbook({"session": 1}, later, speakers=people), event, officer)
    assert fates(job) == [RowState.REFUSED] * 3
    first, second, third = job.rows.order_by("number").values_list("reason", flat=True)
    assert "Speakers, row 2: The name is missing." in first
    assert "Speakers, row 3: Role “Wizard” is not known. Write one of: Chair / 主席" in second
    assert "No session has the number “9”." in third


def test_two_rows_with_one_room_at_one_time_clash_and_touching_ends_do_not(event, officer):
    hall = {"room_en": "Hall"}
    touching = hall | {"start": time(10, 30), "end": time(11), "title_en": "Next"}
    within = hall | {"start": time(10), "end": time(10, 15), "title_en": "Within"}
    job = plan(workbook(hall, touching, within), event, officer)
    assert fates(job) == [RowState.WAITING, RowState.WAITING, RowState.REFUSED]
    assert "The room is taken at that time by “Opening”, 09:00–10:30." in reason(job)


def test_a_person_in_two_rooms_at_one_time_is_refused_however_the_name_is_written(event, officer):
    people = [
        {"session": 1, "role": "Chair", "name_en": "João Soares"},
        {"session": 2, "role": "Speaker", "name_en": "JOAO  SOARES"},
    ]
    rows = {"session": 1, "room_en": "A"}, {"session": 2, "room_en": "B", "title_en": "Other"}
    job = plan(workbook(*rows, speakers=people), event, officer)
    assert "JOAO SOARES is in “Opening” at that time" in reason(job).replace("  ", " ")


def test_a_row_clashes_with_what_is_stored_and_not_in_the_file(event, officer):
    room = RoomFactory(event=event, name_en="Hall")
    SessionFactory(event=event, room=room, start_time=time(10), end_time=time(11), title_en="There before")
    job = plan(workbook({"room_en": "Hall"}), event, officer)
    assert "“There before”" in reason(job)


def test_a_downloaded_workbook_comes_back_unchanged_and_its_numbers_let_sessions_change_places(event, officer):
    hall, room = (RoomFactory(event=event, name_en=name) for name in ("Hall", "Side room"))
    one = SessionFactory(event=event, room=hall, title_en="One")
    two = SessionFactory(event=event, room=room, title_en="Two")
    contact = ContactFactory()
    SpeakerFactory(session=one, contact=contact, name_en="Ana Cruz", role="chair")
    file = io.BytesIO(b"".join(write_workbook(programme_parts(event))))
    assert fates(plan(file, event, officer)) == [RowState.UNCHANGED] * 2
    swapped = workbook(
        {"session": one.public_id, "title_en": "One", "room_en": "Side room"},
        {"session": two.public_id, "title_en": "Two", "room_en": "Hall"},
        speakers=[{"session": one.public_id, "role": "chair", "name_en": "Ana Cruz", "position_en": "Director"}],
    )
    job = run(swapped, event, officer)
    assert fates(job) == [RowState.UPDATED] * 2
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.room, two.room) == (room, hall)
    speaker = one.speakers.get()
    assert (speaker.position_en, speaker.contact) == ("Director", contact)


def test_an_empty_cell_changes_nothing_and_the_preview_names_what_changes(event, officer):
    room = RoomFactory(event=event, name_en="Hall")
    session = SessionFactory(event=event, room=room, title_en="Opening", title_zh_hans="开幕", languages=["en"])
    job = plan(workbook({"room_en": "Hall", "end": time(11)}), event, officer)
    assert job.rows.get().reason == "Changes: ends."
    run(workbook({"room_en": "Hall", "end": time(11)}), event, officer)
    session.refresh_from_db()
    assert (session.end_time, session.title_zh_hans, session.languages) == (time(11), "开幕", ["en"])


def test_the_preview_names_the_session_whose_place_a_row_takes(event, officer):
    room = RoomFactory(event=event, name_en="Hall")
    SessionFactory(event=event, day=DAY, start_time=time(9), end_time=time(10, 30), room=room, title_en="By hand")
    job = plan(workbook({"title_en": "From the file", "room_en": "Hall"}), event, officer)
    assert job.rows.get().reason.startswith("Takes the place of “By hand”. Changes: ")


def test_a_refused_row_leaves_its_session_in_the_way_of_others(event, officer):
    room = RoomFactory(event=event, name_en="Hall")
    session = SessionFactory(event=event, room=room, title_en="Stays")
    rows = (
        {"session": session.public_id, "title_en": "Stays", "room_en": "Hall", "day": date(2031, 1, 1)},
        {"title_en": "Wants its place", "room_en": "Hall", "start": time(9, 30)},
    )
    assert fates(plan(workbook(*rows), event, officer)) == [RowState.REFUSED] * 2


def test_what_was_entered_between_preview_and_confirmation_is_found_when_the_row_is_done(event, officer):
    room = RoomFactory(event=event, name_en="Hall")
    job = plan(workbook({"room_en": "Hall"}), event, officer)
    SessionFactory(event=event, room=room, start_time=time(9, 30), title_en="Meanwhile")
    confirm_job(job, by=officer)
    run_due_jobs()
    assert fates(job) == [RowState.REFUSED]
    assert "Meanwhile" in reason(job)
    assert event.sessions.count() == 1


def test_the_same_number_twice_is_refused(event, officer):
    job = plan(workbook({"session": 1}, {"session": 1, "start": time(11), "end": time(12)}), event, officer)
    assert fates(job) == [RowState.WAITING, RowState.REFUSED]


@pytest.mark.parametrize(
    "content",
    [b"", b"not a sheet", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Name,E-mail\nA,b@c.example\n"],
)
def test_a_file_that_is_no_programme_is_refused_whole(event, officer, content):
    with pytest.raises(SheetError):
        plan(io.BytesIO(content), event, officer)
    assert not Job.objects.exists()


def test_ten_thousand_rows_are_refused_before_they_are_looked_at(event, officer):
    rows = "".join(f"2030-12-01,09:00,10:00,Session {number}\n" for number in range(10_000))
    with pytest.raises(SheetError, match="more than"):
        plan(io.BytesIO(f"Date,Begins,Ends,Title\n{rows}".encode()), event, officer)


def test_the_officer_uploads_looks_confirms_and_downloads_what_was_refused(client, event, officer):
    client.force_login(officer)
    url = reverse("admin:forums_event_programme_import", args=[event.pk])
    bad = workbook({}, {"title_en": "Impossible", "start": time(11)})
    page = client.post(url, {"file": SimpleUploadedFile("programme.xlsx", bad.getvalue())}, follow=True)
    job = Job.objects.get()
    assert page.redirect_chain[-1][0] == job.get_absolute_url()
    assert "The session ends before it begins." in page.content.decode()
    client.post(reverse("core:job-confirm", args=[job.public_id]))
    run_due_jobs()
    refused = client.get(reverse("core:job-refused", args=[job.public_id]))
    rows = read_sheet(io.BytesIO(b"".join(refused.streaming_content)), SESSION_COLUMNS).rows
    assert [row.values["title_en"] for row in rows] == ["Impossible"]
    assert [session.title_en for session in event.sessions.all()] == ["Opening"]


def test_a_file_that_cannot_be_used_is_refused_beside_the_field(client, event, officer):
    client.force_login(officer)
    url = reverse("admin:forums_event_programme_import", args=[event.pk])
    page = client.post(url, {"file": SimpleUploadedFile("programme.csv", b"Name\nA\n")})
    assert page.status_code == 422
    assert "No known heading was found" in page.content.decode()


def test_the_workbook_to_fill_in_explains_itself(client, event, officer):
    client.force_login(officer)
    content = b"".join(client.get(reverse("admin:forums_event_programme_sheet", args=[event.pk])).streaming_content)
    assert read_sheet(io.BytesIO(content), SESSION_COLUMNS).unknown == []
    assert read_sheet(io.BytesIO(content), SPEAKER_COLUMNS).unknown == []


def test_the_report_numbers_the_rows_as_the_spreadsheet_does(event, officer):
    lost = [{"session": 999, "role": "Speaker", "name_en": "Nobody"}]
    job = plan(
        workbook({"title_en": "One"}, {"title_en": "Two", "start": time(11), "end": time(12)}, speakers=lost),
        event,
        officer,
    )
    assert list(job.rows.order_by("number").values_list("number", flat=True)) == [2, 3, 4]
    assert job.total == 3
    assert job.rows.get(number=4).label == "Speakers, row 2"
