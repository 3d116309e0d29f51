"""What staff make of reported errors."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core.audit import log
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.enums import ReportStatus
from portal.library.models import RecordReport

HANDLE = "library.change_recordreport"


@transaction.atomic
def handle_report(report: RecordReport, *, status: str, note: str, by: Any, at: datetime | None = None) -> None:
    """Say what became of an open report: mended, or nothing to mend.

    ``TransitionRefused`` for another status or a report that is not open, ``Conflict`` when somebody else was faster.
    In order: the row, its history.
    """
    at = at or timezone.now()
    if not by.has_perm(HANDLE):
        raise PermissionDenied
    if status not in (ReportStatus.MENDED, ReportStatus.DECLINED) or report.status != ReportStatus.OPEN:
        raise TransitionRefused(f"a report cannot go from {report.status} to {status}")
    values = {"status": status, "note": note, "handled_by": by, "handled_at": at}
    if RecordReport.objects.filter(pk=report.pk, status=ReportStatus.OPEN).update(**values) != 1:
        raise Conflict
    for name, value in values.items():
        setattr(report, name, value)
    log(report, status, by=by, at=at, changes={"status": [ReportStatus.OPEN, status]}, note=note)
