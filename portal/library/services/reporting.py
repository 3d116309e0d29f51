"""Errors that readers report."""

from django.db import transaction

from portal.core.audit import log
from portal.library.models import CatalogueItem, RecordReport


@transaction.atomic
def report_error(item: CatalogueItem, *, message: str, email: str, language: str) -> RecordReport:
    """Put what a reader says is wrong with a record into the queue of the office. Effects: the report, the history."""
    report = RecordReport.objects.create(item=item, message=message, email=email, language=language)
    log(report, "added", by="reader")
    return report
