"""Opening content of forums: series, the editions that were held, and the workshops that are planned."""

from pathlib import Path

from django.db import transaction

from forums.enums import EventStatus
from forums.models import Event, EventEdition, EventSeries
from forums.services.events import change_status
from forums.services.listing import list_event
from portal.core.pagecache import content_changed
from portal.directory.services.content import (
    BY,
    LoadReport,
    Record,
    find_loaded,
    is_untouched,
    put_record,
    read_records,
)

PROGRAMME = Path(__file__).resolve().parent.parent / "data" / "programme.json"


@transaction.atomic
def load_programme() -> LoadReport:
    """Bring in what ``data/programme.json`` holds, as drafts; empty fields that nobody edited are filled.

    In order: series, events with their editions and their entries in the catalogue, and, when anything changed, the
    public pages.
    """
    report = LoadReport()
    for record in read_records(PROGRAMME, "series"):
        slug = record.take("slug")
        report.count(put_record(EventSeries, slug, {"slug": slug}, record))
    for record in read_records(PROGRAMME, "events"):
        _load_event(record, report)
    if report.created or report.filled:
        content_changed()
    return report


def publish_programme() -> int:
    """Enter as held the events that took place and that nobody but the loader touched; returns how many.

    The workshops that are only planned, without a date, stay drafts: an announcement is the office's to make.
    """
    published = 0
    for record in read_records(PROGRAMME, "events"):
        event = find_loaded(Event, record.take("slug"))
        waits = event is not None and event.status == EventStatus.DRAFT
        if waits and record.take("held") and record.is_sourced and is_untouched(event):
            change_status(event, "record_held", by=BY)
            published += 1
    return published


def _load_event(record: Record, report: LoadReport) -> None:
    slug, editions, held = record.take("slug"), record.take("series", {}), record.take("held")
    put = put_record(Event, slug, {"slug": slug}, record)
    if put.is_new and held and "mode" not in record.values:
        put.obj.mode = ""  # nobody wrote down how it was held, and nothing is said that no source says
        put.obj.save(update_fields=["mode"])
    if put.obj is not None:
        for series, edition in editions.items():
            found = find_loaded(EventSeries, series)
            if found is not None:
                place = Record({"edition": edition}, source=record.source, grade=record.grade)
                put_record(EventEdition, f"{slug}:{series}", {"event": put.obj, "series": found}, place)
        if put.is_changed:
            list_event(put.obj)
    report.count(put)
