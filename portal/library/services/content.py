"""Opening content of the library: mandates, themes, strands, milestones and stated figures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from portal.core.pagecache import content_changed
from portal.directory.services.content import (
    BY,
    LoadReport,
    Put,
    Record,
    find_loaded,
    is_untouched,
    make_record,
    put_record,
    read_records,
)
from portal.library.enums import PublishingStatus
from portal.library.kinds import is_listed
from portal.library.models import Mandate, Milestone, ProgrammeStrand, StatedFigure, StrandActivity, StrandName, Theme
from portal.library.services.catalogue import enter
from portal.library.services.publishing import publish

DATA = Path(__file__).resolve().parent.parent / "data"
# File, key in it, table, and the field that names a record: in the order in which they refer to each other.
FILES: tuple[tuple[str, str, type[models.Model], str], ...] = (
    ("mandates", "mandates", Mandate, "slug"),
    ("themes", "themes", Theme, "code"),
    ("strands", "strands", ProgrammeStrand, "slug"),
    ("story", "milestones", Milestone, "code"),
    ("story", "figures", StatedFigure, "code"),
)


@transaction.atomic
def load_library() -> LoadReport:
    """Bring in what the data files hold: as drafts with their source, each field a fact to confirm.

    In order: records with what belongs to them, their entries in the catalogue, and, when anything changed, the
    public pages. Entries come last, as they show the themes of what was loaded before.
    """
    report = LoadReport()
    for file, key, model, name in FILES:
        for record in read_records(DATA / f"{file}.json", key):
            put = _load(model, name, record)
            report.count(put)
            if put.is_changed and is_listed(put.obj):
                enter(put.obj)
    if report.created or report.filled:
        content_changed()
    return report


def publish_library() -> int:
    """Publish what is of official or press grade and what nobody but the loader touched; returns how many.

    Nothing while the office asks for a second person's check: then somebody looks at each record first.
    """
    if settings.PUBLISH_SECOND_CHECK:
        return 0
    published = 0
    for file, key, model, name in FILES:
        for record in read_records(DATA / f"{file}.json", key):
            obj = find_loaded(model, record.take(name))
            if record.is_sourced and _waits(obj) and is_untouched(obj):
                publish(obj, by=BY)
                published += 1
    return published


def _waits(obj: Any) -> bool:
    return obj is not None and getattr(obj, "status", "") == PublishingStatus.DRAFT


def _load(model: type[models.Model], name: str, record: Record) -> Put:
    key = record.take(name)
    names, activities = record.take("names", []), record.take("activities", [])
    put = put_record(model, key, {name: key}, record)
    if put.obj is None:
        return put
    parts = [
        *(_load_part(StrandName, f"{key}:name:{n}", put.obj, given, record) for n, given in enumerate(names)),
        *(
            _load_part(StrandActivity, f"{key}:activity:{n}", put.obj, given, record)
            for n, given in enumerate(activities)
        ),
    ]
    return put._replace(is_changed=put.is_changed or any(part.is_changed for part in parts))


def _load_part(
    model: type[models.Model], code: str, strand: ProgrammeStrand, given: dict[str, Any], whole: Record
) -> Put:
    """A name or an activity of a strand; known by its place in the file."""
    part = make_record({"grade": whole.grade, **given})
    named = {name: part.values[name] for name in ("name", "title_en") if name in part.values}
    return put_record(model, code, {"strand": strand} | named, part)
