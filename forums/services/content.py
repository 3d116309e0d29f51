"""Opening content of forums: series, the editions that were held, and the workshops that are planned."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from forums.models import Event, EventEdition, EventSeries
from forums.services.listing import list_event
from portal.core.pagecache import content_changed
from portal.directory.models import Country
from portal.directory.services.content import LoadReport, put_record, read_records

PROGRAMME = Path(__file__).resolve().parent.parent / "data" / "programme.json"
DAYS = ("start_day", "end_day")


@transaction.atomic
def load_programme() -> LoadReport:
    """Bring in what ``data/programme.json`` holds: new records made, empty fields that nobody edited filled.

    In order: series, events with their editions, and, when anything changed, the public pages.
    """
    report = LoadReport()
    for record in read_records(PROGRAMME, "series"):
        slug = record.pop("slug")
        report.count(put_record(EventSeries, slug, {"slug": slug}, record))
    for record in read_records(PROGRAMME, "events"):
        _load_event(record, report)
    if report.created or report.filled:
        content_changed()
    return report


def _load_event(record: dict[str, Any], report: LoadReport) -> None:
    slug, editions = record.pop("slug"), record.pop("series", {})
    if "country" in record:
        record["country"] = Country.objects.filter(code=record["country"]).first()
    for name in DAYS:
        if name in record:
            record[name] = date.fromisoformat(record[name])
    put = put_record(Event, slug, {"slug": slug}, record)
    if put.is_new:
        for series, edition in editions.items():
            found = EventSeries.objects.filter(slug=series).first()
            if found is not None:
                EventEdition.objects.create(event=put.obj, series=found, edition=edition)
    if put.is_changed:
        list_event(put.obj)
    report.count(put)
