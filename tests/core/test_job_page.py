"""The page of a job: its progress, its rows, its buttons, and who may see it."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.accounts.models import User
from portal.core.jobs import KEEP_ROWS, _handlers, create_job, forget_rows, job_kind, run_due_jobs
from portal.core.models import Job
from portal.core.models.jobs import JobState, RowState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind():
    @job_kind("test")
    def handler(job, row):
        return (RowState.REFUSED, "no name") if row.data.get("name") == "" else (RowState.CREATED, "")

    yield
    _handlers.pop("test")


@pytest.fixture
def job(officer) -> Job:
    rows = [("Somchai", {"name": "Somchai"}), ("row 2", {"name": "", "phone": "+66 2"}), ("Mei", {"name": "Mei"})]
    columns = [["name", "Full name"], ["phone", "Telephone"]]
    return create_job("test", "Import of contacts", rows, by=officer, params={"columns": columns}, back_url="/admin/")


def page(job: Job, name: str = "job") -> str:
    return reverse(f"core:{name}", args=[job.public_id])


def test_a_waiting_job_is_asked_for_its_progress_with_and_without_scripts(client, officer, job):
    client.force_login(officer)
    html = client.get(page(job)).content.decode()
    assert "Import of contacts" in html
    assert f'hx-get="{page(job, "job-progress")}"' in html
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh"', html)
    assert '"includeIndicatorStyles": false' in html
    assert "0 of 3 rows done" in html


def test_the_progress_loads_the_page_anew_when_the_job_is_over(client, officer, job):
    client.force_login(officer)
    assert "HX-Refresh" not in client.get(page(job, "job-progress"))
    run_due_jobs()
    response = client.get(page(job, "job-progress"))
    assert response["HX-Refresh"] == "true"
    assert "hx-get" not in response.content.decode()


def test_a_finished_job_shows_its_rows_by_what_became_of_them(client, officer, job):
    run_due_jobs()
    client.force_login(officer)
    html = client.get(page(job)).content.decode()
    assert "created (2)" in html
    assert "http-equiv" not in html
    assert "job-cancel" not in html
    refused = client.get(page(job), {"state": "refused"}).content.decode()
    assert ("no name" in refused, "Mei" in refused) == (True, False)


def test_the_refused_rows_are_a_workbook_in_the_columns_of_the_import(client, officer, job):
    run_due_jobs()
    client.force_login(officer)
    content = b"".join(client.get(page(job, "job-refused")).streaming_content)
    rows = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    assert rows == [["Row", "Full name", "Telephone", "Reason"], [2, None, "+66 2", "no name"]]


def test_a_job_is_confirmed_and_stopped_by_its_buttons(client, officer):
    client.force_login(officer)
    job = create_job("test", "Import", [("1", {})], by=officer, confirm=True)
    assert page(job, "job-confirm") in client.get(page(job)).content.decode()
    assert client.post(page(job, "job-confirm")).url == page(job)
    assert Job.objects.get().state == JobState.QUEUED
    assert client.post(page(job, "job-cancel")).url == page(job)
    assert Job.objects.get().state == JobState.CANCELLED
    again = client.post(page(job, "job-cancel"), follow=True)
    assert "the job has moved on" in again.content.decode()


@pytest.mark.parametrize("name", ["job", "job-progress", "job-refused", "job-confirm", "job-cancel"])
def test_nothing_happens_by_looking(client, officer, name):
    job = create_job("test", "Import", [("1", {})], by=officer, confirm=True)
    client.force_login(officer)
    for _again in range(3):
        client.get(page(job, name))
        client.head(page(job, name))
    assert Job.objects.get().state == JobState.DRAFT


@pytest.mark.parametrize("name", ["job", "job-progress", "job-refused", "job-confirm", "job-cancel"])
@pytest.mark.parametrize(
    ("email", "answer"),
    [("manager@office.example", 200), ("officer@office.example", 200), ("editor@office.example", 404)],
)
@pytest.mark.usefixtures("manager", "editor")
def test_a_job_is_for_its_creator_and_for_managers(client, job, name, email, answer):
    client.force_login(User.objects.get(email=email))
    send = client.post if name in ("job-confirm", "job-cancel") else client.get
    assert send(page(job, name), follow=True).status_code == answer


@pytest.mark.parametrize("name", ["job", "job-progress", "job-refused", "job-confirm", "job-cancel"])
def test_a_job_is_not_for_people_outside_the_office(client, job, name, delegate):
    send = client.post if name in ("job-confirm", "job-cancel") else client.get
    assert send(page(job, name)).url.startswith("/admin/login/")
    client.force_login(delegate)
    assert send(page(job, name), follow=True).status_code == 403
    assert Job.objects.get().state == JobState.QUEUED


def test_the_list_of_jobs_shows_staff_their_own(client, job, officer, manager):
    address = reverse("admin:core_job_changelist")
    for user, count in ((manager, 1), (officer, 1)):
        client.force_login(user)
        assert len(client.get(address).context["cl"].result_list) == count
    create_job("test", "Another", [], by=manager)
    client.force_login(officer)
    assert [found.title for found in client.get(address).context["cl"].result_list] == ["Import of contacts"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_rows_there_are(client, officer, count, django_assert_num_queries):
    job = create_job("test", "Import", [(str(number), {}) for number in range(count)], by=officer)
    client.force_login(officer)
    client.get(page(job))
    with django_assert_num_queries(8):
        assert client.get(page(job)).status_code == 200


def test_long_jobs_are_paged(client, officer):
    job = create_job("test", "Import", [(f"label {number}.", {}) for number in range(1, 121)], by=officer)
    client.force_login(officer)
    html = client.get(page(job), {"page": 3}).content.decode()
    assert ("label 101." in html, "label 100." in html, "Page 3 of 3" in html) == (True, False, True)


def test_refused_rows_that_were_forgotten_are_said_to_be_gone(client, officer, job):
    run_due_jobs()
    forget_rows(timezone.now() + KEEP_ROWS + timedelta(minutes=1))
    client.force_login(officer)
    response = client.get(page(job, "job-refused"), follow=True)
    assert response.redirect_chain == [(page(job), 302)]
    assert "rows are kept for 30 days" in response.content.decode()
