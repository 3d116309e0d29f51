"""The import story: planned whole, shown, decided, taken over row by row, and safe to repeat."""

import io

import pytest
from django.core.exceptions import ValidationError

from portal.core.jobs import run_due_jobs
from portal.core.models import Job
from portal.core.models.jobs import JobState, RowState
from portal.core.sheets import SheetError
from portal.directory.models import Contact, Country, Organisation
from portal.directory.services.contacts import create_contact
from portal.directory.services.imports import (
    confirm_import,
    decide_row,
    import_now,
    plan_import,
    read_contacts,
)
from portal.directory.services.organisations import create_organisation
from tests.directory.sheets import HEADER, NAMES, csv_in, good_row, workshop_list, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countries")]


def states(job: Job) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in job.rows.all():
        found[row.state] = found.get(row.state, 0) + 1
    return found


@pytest.mark.parametrize(
    "file",
    [xlsx(workshop_list()), csv_in("utf-8-sig", workshop_list()), csv_in("gb18030", workshop_list())],
    ids=["xlsx", "csv utf-8", "csv gb18030"],
)
def test_of_25_rows_three_bad_ones_are_refused_with_reasons_and_22_taken_over(officer, file):
    job = plan_import(file, by=officer, name="list.xlsx")
    assert job.state == JobState.DRAFT
    assert states(job) == {RowState.WAITING: 22, RowState.REFUSED: 3}
    assert Contact.objects.count() == 0
    assert Organisation.objects.count() == 0
    reasons = list(job.rows.filter(state=RowState.REFUSED).values_list("reason", flat=True))
    assert reasons[0] == "The name is missing."
    assert reasons[1] == "“bad address” is not an e-mail address."
    assert "Atlantis" in reasons[2]
    confirm_import(job, by=officer)
    run_due_jobs()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 25)
    assert states(job) == {RowState.CREATED: 22, RowState.REFUSED: 3}
    assert set(Contact.objects.values_list("full_name", flat=True)) == set(NAMES)
    assert Organisation.objects.count() == 22


def test_countries_are_known_by_other_spellings(officer):
    import_now(xlsx(workshop_list()), by=officer)
    found = dict(Contact.objects.values_list("full_name", "country__code"))
    assert found["Nguyễn Thị Ánh Dương"] == "VN"
    assert found["José Ximenes"] == "TL"
    assert found["Phoutthasone Vongkhamsao"] == "LA"
    assert found["A" * 120] == "BN"
    assert found["王小明"] == "CN"
    assert found["Aung San Htwe"] == "MM"


def test_chinese_headings_and_words_are_understood(officer):
    header = ["姓名", "称谓", "职务", "部门", "单位", "国家", "邮箱", "电话", "微信", "语言", "标签", "不自动发信"]
    row = [
        "王小明",
        "博士",
        "处长",
        "国际司",
        "生态环境部",
        "中国",
        "wang@mee.example",
        "010-1",
        "wxm",
        "中文",
        "专家、海洋",
        "是",
    ]
    report = import_now(csv_in("gb18030", [header, row]), by=officer)
    contact = Contact.objects.get(pk=report.contact_ids[0])
    assert (contact.position_zh_hans, contact.department_zh_hans, contact.language) == ("处长", "国际司", "zh-hans")
    assert contact.organisation.name_zh_hans == "生态环境部"
    assert contact.no_automatic_mail
    assert {tag.name for tag in contact.tags.all()} == {"专家", "海洋"}
    assert str(contact.organisation) == "生态环境部"


def test_the_preview_says_which_organisation_is_new_and_nothing_is_made_before_applying(officer):
    create_organisation({"name_en": "Ministry 1", "country": Country.objects.get(code="ID")}, by=officer)
    plan = read_contacts(xlsx([HEADER, good_row(0), good_row(1)]))
    assert plan[0].reason == "New organisation: Ministry 0."
    assert plan[1].reason == ""
    assert plan[1].organisation_id


def test_the_same_ministry_name_in_another_country_is_another_organisation(officer):
    create_organisation({"name_en": "Ministry 1", "country": Country.objects.get(code="MY")}, by=officer)
    plan = read_contacts(xlsx([HEADER, good_row(1)]))
    assert plan[0].organisation_id is None


def test_an_organisation_name_that_two_countries_share_needs_the_country(officer):
    for code in ("LA", "VN"):
        create_organisation(
            {"name_en": "Ministry of Agriculture and Environment", "country": Country.objects.get(code=code)},
            by=officer,
        )
    row = ["Putri", "", "", "Ministry of Agriculture and Environment", "", "", "", "", ""]
    plan = read_contacts(xlsx([HEADER, row]))
    assert plan[0].state == RowState.REFUSED
    assert "Add the country" in plan[0].reason


def test_importing_the_same_list_again_changes_nothing(officer):
    import_now(xlsx(workshop_list()), by=officer)
    job = plan_import(xlsx(workshop_list()), by=officer)
    assert states(job) == {RowState.UNCHANGED: 22, RowState.REFUSED: 3}
    again = import_now(xlsx(workshop_list()), by=officer)
    assert again.count(RowState.UNCHANGED) == 22
    assert len(again.contact_ids) == 22
    assert Contact.objects.count() == 22


def test_a_known_person_is_updated_and_the_preview_says_what_changes(officer):
    import_now(xlsx([HEADER, good_row(1)]), by=officer)
    changed = good_row(1)
    changed[2], changed[6], changed[8] = "Director General", "", "speaker"
    job = plan_import(xlsx([HEADER, changed]), by=officer)
    row = job.rows.get()
    assert (row.data["plan"], row.reason) == (RowState.UPDATED, "Changes: Position / 职务, Tags / 标签.")
    confirm_import(job, by=officer)
    run_due_jobs()
    contact = Contact.objects.get()
    assert (contact.position_en, contact.phone) == ("Director General", "+60 3 1234")
    assert {tag.name for tag in contact.tags.all()} == {"marine plastic", "expert", "speaker"}
    assert job.rows.get().state == RowState.UPDATED


def test_a_sheet_without_accents_does_not_take_them_away(officer):
    create_contact({"full_name": "Nguyễn Văn A", "email": "a@ministry.example"}, by=officer)
    import_now(xlsx([["Name", "E-mail"], ["Nguyen Van A", "A@ministry.example"]]), by=officer)
    assert Contact.objects.get().full_name == "Nguyễn Văn A"


@pytest.fixture
def duplicates(officer) -> Job:
    """Row 1: the name of somebody at the same ministry. Row 2: another name at a known address. Row 3: neither."""
    ministry = create_organisation({"name_en": "Ministry", "country": Country.objects.get(code="TH")}, by=officer)
    values = {"organisation": ministry, "country": ministry.country}
    create_contact({"full_name": "Somchai Jaidee", "email": "old@ministry.example", **values}, by=officer)
    create_contact({"full_name": "Minister", "email": "office@ministry.example", **values}, by=officer)
    header = ["Name", "Organisation", "Country", "E-mail"]
    rows = [
        ["SOMCHAI JAIDEE", "Ministry", "Thailand", "new@ministry.example"],
        ["Vice-Minister", "Ministry", "Thailand", "office@ministry.example"],
        ["Somchai Jaidee", "Another Ministry", "Thailand", "other@ministry.example"],
    ]
    return plan_import(xlsx([header, *rows]), by=officer)


def test_possible_duplicates_are_shown_and_wait_for_a_decision(officer, duplicates):
    first, second, third = duplicates.rows.order_by("number")
    assert [first.state, second.state, third.state] == [RowState.UNDECIDED, RowState.UNDECIDED, RowState.WAITING]
    assert first.reason == "Somebody of this name is in the directory."
    assert second.reason == "Somebody else has the same e-mail address."
    with pytest.raises(ValidationError, match="2 rows"):
        confirm_import(duplicates, by=officer)


def test_a_duplicate_decided_as_the_same_person_is_updated_and_a_new_one_made(officer, duplicates):
    first, second, _third = duplicates.rows.order_by("number")
    known = Contact.objects.get(full_name="Somchai Jaidee")
    decide_row(first, str(known.pk), by=officer)
    decide_row(second, "new", by=officer)
    confirm_import(duplicates, by=officer)
    run_due_jobs()
    known.refresh_from_db()
    assert known.email == "new@ministry.example"
    assert Contact.objects.filter(email="office@ministry.example").count() == 2
    assert [row.state for row in duplicates.rows.order_by("number")] == ["updated", "created", "created"]


def test_a_decision_may_be_changed_until_the_import_begins(officer, duplicates):
    first, second, _third = duplicates.rows.order_by("number")
    decide_row(first, "skip", by=officer)
    decide_row(first, "new", by=officer)
    decide_row(first, "skip", by=officer)
    decide_row(second, "skip", by=officer)
    with pytest.raises(ValidationError):
        decide_row(first, "999999", by=officer)
    confirm_import(duplicates, by=officer)
    with pytest.raises(ValidationError):
        decide_row(first, "new", by=officer)
    run_due_jobs()
    assert [row.state for row in duplicates.rows.order_by("number")] == ["skipped", "skipped", "created"]
    assert Contact.objects.count() == 3


def test_a_person_removed_since_the_preview_is_refused_and_the_rest_goes_on(officer, duplicates):
    first, second, _third = duplicates.rows.order_by("number")
    known = Contact.objects.get(full_name="Somchai Jaidee")
    decide_row(first, str(known.pk), by=officer)
    decide_row(second, "new", by=officer)
    known.delete()
    confirm_import(duplicates, by=officer)
    run_due_jobs()
    assert [row.state for row in duplicates.rows.order_by("number")] == ["refused", "created", "created"]


def test_somebody_added_since_the_preview_is_not_made_twice(officer):
    job = plan_import(xlsx([HEADER, good_row(1)]), by=officer)
    create_contact({"full_name": NAMES[1], "email": "person1@ministry.example"}, by=officer)
    confirm_import(job, by=officer)
    run_due_jobs()
    assert Contact.objects.count() == 1


def test_the_same_person_twice_in_one_sheet_is_taken_once(officer):
    twin = good_row(1)
    twin[5] = "private@home.example"
    job = plan_import(xlsx([HEADER, good_row(1), good_row(1), twin]), by=officer)
    first, second, third = job.rows.order_by("number")
    assert (second.state, second.reason) == (RowState.SKIPPED, "The same person stands in row 2.")
    assert third.state == RowState.UNDECIDED
    decide_row(third, "twin", by=officer)
    confirm_import(job, by=officer)
    run_due_jobs()
    assert Contact.objects.get().email == "private@home.example"
    third.refresh_from_db()
    first.refresh_from_db()
    assert third.data["contact_id"] == first.data["contact_id"]


def test_import_now_keeps_people_apart_who_share_an_address(officer, duplicates):
    header = ["Name", "Organisation", "Country", "E-mail"]
    sheet = [header, ["Vice-Minister", "Ministry", "Thailand", "office@ministry.example"]]
    assert import_now(xlsx(sheet), by=officer).rows[0].state == RowState.CREATED
    assert import_now(xlsx(sheet), by=officer).rows[0].state == RowState.UNCHANGED
    assert Contact.objects.filter(full_name="Minister").exists()


def test_import_now_can_leave_known_people_as_they_are(officer):
    import_now(xlsx([HEADER, good_row(1)]), by=officer)
    changed = good_row(1)
    changed[2] = "Intern"
    report = import_now(xlsx([HEADER, changed]), by=officer, on_duplicate="skip")
    assert report.rows[0].state == RowState.SKIPPED
    assert report.contact_ids == [Contact.objects.get().pk]
    assert Contact.objects.get().position_en == "Director"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (0, "x" * 201, "Full name / 姓名: longer than 200 characters."),
        (1, "x" * 61, "Title / 称谓: longer than 60 characters."),
        (2, "x" * 201, "Position / 职务: longer than 200 characters."),
        (3, "x" * 251, "Organisation / 单位: longer than 250 characters."),
        (7, "Klingon", "Language “Klingon”: write English or Chinese."),
        (8, "x" * 51, "Tags / 标签: longer than 50 characters."),
        (5, "a@b.example; c@d.example", "“a@b.example; c@d.example” is not an e-mail address."),
    ],
)
def test_values_that_do_not_fit_are_refused_by_name(column, value, reason):
    row = good_row(1)
    row[column] = value
    plan = read_contacts(xlsx([HEADER, row]))
    assert (plan[0].state, plan[0].reason) == (RowState.REFUSED, reason)


def test_names_are_kept_unharmed_but_composed(officer):
    decomposed = "Nguye\u0302\u0303n"
    report = import_now(xlsx([["Name"], [f" {decomposed}  Van "]]), by=officer)
    assert Contact.objects.get(pk=report.contact_ids[0]).full_name == "Nguyễn  Van"


def test_a_file_that_is_no_list_of_contacts_imports_nothing(officer):
    for file in (io.BytesIO(b""), io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 50), xlsx([["Fruit"], ["Mango"]])):
        with pytest.raises(SheetError):
            plan_import(file, by=officer)
    assert Job.objects.count() == 0


def test_planning_costs_the_same_number_of_queries_for_one_row_and_for_22(officer, django_assert_num_queries):
    for rows in ([HEADER, good_row(1)], workshop_list()):
        with django_assert_num_queries(3):
            read_contacts(xlsx(rows))
