"""The pages of an import, from the upload to the job."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from portal.core.jobs import run_due_jobs
from portal.core.models import Job
from portal.core.models.jobs import JobState, RowState
from portal.directory.models import Contact
from portal.directory.services.contacts import create_contact
from tests.directory.sheets import HEADER, good_row, workshop_list, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countries")]
IMPORT = reverse("admin:directory_contact_import_contacts")


def upload(web, rows):
    return web.post(IMPORT, {"file": SimpleUploadedFile("list.xlsx", xlsx(rows).getvalue())})


def test_from_upload_to_the_report_of_the_job(web):
    answer = upload(web, workshop_list())
    job = Job.objects.get()
    assert Contact.objects.count() == 0
    page = web.get(answer.url).content.decode()
    assert "22 rows will be taken over" in page
    assert "Country “Atlantis” is not known" in page
    assert "New organisation: Ministry 3." in page
    done = web.post(answer.url, {"confirm": "1"})
    assert done.url == job.get_absolute_url()
    run_due_jobs()
    assert Contact.objects.count() == 22
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert web.get(answer.url).url == job.get_absolute_url()


def test_refused_rows_are_downloaded_with_their_values_and_reasons(web):
    upload(web, workshop_list())
    answer = web.get(reverse("core:job-refused", args=[Job.objects.get().public_id]))
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:2] == ("Row", "Full name / 姓名")
    assert rows[1][-1] == "The name is missing."
    assert rows[2][1] == "Bad Address"
    assert len(rows) == 4


def test_a_duplicate_is_decided_in_the_preview(web, officer):
    known = create_contact({"full_name": "Putri", "email": "office@ministry.example"}, by=officer)
    row = good_row(1)
    row[5] = "office@ministry.example"
    address = upload(web, [HEADER, row]).url
    page = web.get(address).content.decode()
    assert "Somebody else has the same e-mail address." in page
    assert "Putri" in page
    refused = web.post(address, {"confirm": "1"}, follow=True)
    assert "Decide first" in refused.content.decode()
    asked = Job.objects.get().rows.get()
    web.post(address, {f"row-{asked.pk}": "new", "keep": "1"})
    assert Job.objects.get().rows.get().state == RowState.WAITING
    web.post(address, {f"row-{asked.pk}": str(known.pk), "confirm": "1"})
    run_due_jobs()
    known.refresh_from_db()
    assert known.full_name == "Sukarno"
    assert Contact.objects.count() == 1


def test_a_file_that_cannot_be_read_says_why_and_imports_nothing(web):
    answer = web.post(IMPORT, {"file": SimpleUploadedFile("list.xlsx", b"PK\x03\x04 nonsense")})
    assert answer.status_code == 422
    assert "save it again as .xlsx" in answer.content.decode()
    assert Job.objects.count() == 0


def test_somebody_elses_import_is_not_found(web, client, editor):
    address = upload(web, [HEADER, good_row(1)]).url
    other = type(client)()
    other.force_login(editor)
    assert other.get(address).status_code in (403, 404)


def test_the_preview_is_paged_and_costs_the_same_for_any_number_of_rows(web, officer, django_assert_num_queries):
    create_contact({"full_name": "Sukarno"}, by=officer)  # so that there is somebody to decide about
    for rows in ([HEADER, good_row(1)], workshop_list()):
        address = upload(web, rows).url
        with django_assert_num_queries(9):
            web.get(address)
