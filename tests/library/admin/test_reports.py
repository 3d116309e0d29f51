"""The queue of reported errors: open ones first, closed with a note, the reporter's address for few."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.core.audit import history
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.enums import ReportStatus
from portal.library.models import RecordReport
from portal.library.services.handling import handle_report
from tests.forums.posting import filled
from tests.library_factories import DocumentFactory, item_for

LIST = reverse("admin:library_recordreport_changelist")
LIST_QUERIES = 7
ADDRESS = "reader@ministry.example"


def reported(message: str = "The year is wrong.", **fields) -> RecordReport:
    item = item_for(DocumentFactory(is_public=True))
    return RecordReport.objects.create(item=item, message=message, email=ADDRESS, **fields)


def handle_url(report: RecordReport, name: str) -> str:
    return reverse("admin:library_recordreport_handle", args=[report.pk, name])


def change_url(report: RecordReport) -> str:
    return reverse("admin:library_recordreport_change", args=[report.pk])


def test_open_reports_come_first(browser_of, editor):
    reported("It is open.")
    reported("It was mended.", status=ReportStatus.MENDED)
    page = browser_of(editor).get(LIST).content.decode()
    assert page.index("It is open.") < page.index("It was mended.")


def test_a_report_is_closed_with_a_note_that_is_kept(browser_of, editor):
    client, report = browser_of(editor), reported()
    assert handle_url(report, "mended") in client.get(change_url(report)).content.decode()
    page = client.get(handle_url(report, "mended"))
    assert "The year is wrong." in page.content.decode()
    refused = client.post(handle_url(report, "mended"), filled(page, ""))
    assert "This field is required." in refused.content.decode()
    client.post(handle_url(report, "mended"), filled(page, "", note="Now 2013, after page 3."))
    report.refresh_from_db()
    assert (report.status, report.note, report.handled_by) == ("mended", "Now 2013, after page 3.", editor)
    assert report.handled_at
    entry = history(report).get()
    assert (entry.action, entry.actor, entry.note) == ("mended", editor, "Now 2013, after page 3.")
    assert handle_url(report, "declined") not in client.get(change_url(report)).content.decode()
    assert "Now 2013" in client.get(reverse("admin:library_recordreport_history", args=[report.pk])).content.decode()


def test_a_report_is_closed_once(browser_of, editor, officer):
    report = reported()
    same = RecordReport.objects.get(pk=report.pk)
    handle_report(report, status="declined", note="It is right.", by=officer)
    with pytest.raises(Conflict):
        handle_report(same, status="mended", note="Mended.", by=editor)
    with pytest.raises(TransitionRefused):
        handle_report(report, status="mended", note="Mended.", by=editor)
    said = browser_of(editor).post(handle_url(report, "mended"), {"note": "Mended."}, follow=True).content.decode()
    assert "not possible in its present state" in said
    assert RecordReport.objects.get().note == "It is right."


def test_who_only_reads_sees_no_address_and_closes_nothing(browser_of, reader):
    client, report = browser_of(reader), reported()
    page = client.get(change_url(report)).content.decode()
    assert "The year is wrong." in page
    assert ADDRESS not in page
    assert client.post(handle_url(report, "mended"), {"note": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        handle_report(report, status="mended", note="x", by=reader)


def test_nobody_can_search_for_addresses(browser_of, reader):
    reported()
    assert "The year is wrong." not in browser_of(reader).get(LIST, {"q": "ministry.example"}).content.decode()


@pytest.mark.parametrize("role", ["logistics", "desk"])
def test_who_does_not_handle_records_sees_no_reports(browser_of, role, request):
    assert browser_of(request.getfixturevalue(role)).get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_whatever_its_length(
    browser_of, editor, count, django_assert_num_queries
):
    for _ in range(count):
        reported()
    client = browser_of(editor)
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
