"""Opening content: what the portal knows on its first day, loaded field by field and never over an officer's edit.

A field that was read in a source is written into the record; one that was only recalled is not: it waits as a fact.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction

from portal.core.audit import history, log
from portal.core.enums import SOURCED, Grade
from portal.core.facts import (
    CONFIRMED,
    CORRECTED,
    REJECTED,
    Stated,
    as_python,
    as_stored,
    present_value,
    record_facts,
    stands_in,
)
from portal.core.models import AuditEntry, Fact
from portal.core.pagecache import content_changed
from portal.directory.enums import Party
from portal.directory.models import Country, Membership, Organisation
from portal.directory.services.organisations import index_organisation

DATA = Path(__file__).resolve().parent.parent / "data"
LOADED, COMPLETED, RELATED = "loaded", "completed", "related"
BY = "opening content"
# What we arrange ourselves: nobody has to confirm it.
ARRANGED = frozenset({"slug", "code", "kind", "order", "source", "source_grade", "is_public"})
OURS = (LOADED, COMPLETED, RELATED, CONFIRMED, CORRECTED, REJECTED)


@dataclass
class Record:
    """One record of a data file: what was read, what was only recalled, and where."""

    values: dict[str, Any]
    recalled: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    grade: str = Grade.PRESS
    grades: Mapping[str, str] = field(default_factory=dict)

    def take(self, name: str, default: Any = None) -> Any:
        """Remove what is no field of the record's own table, and return it."""
        return self.values.pop(name, default)

    @property
    def is_sourced(self) -> bool:
        return self.grade in SOURCED


class Put(NamedTuple):
    """What became of one record: its object (None when an officer deleted it) and whether it is new."""

    obj: Any
    is_new: bool
    is_changed: bool


@dataclass
class LoadReport:
    """How many records were made, completed, or left as they are."""

    created: int = 0
    filled: int = 0
    unchanged: int = 0

    def count(self, put: Put) -> None:
        self.created += put.is_new
        self.filled += put.is_changed and not put.is_new
        self.unchanged += not (put.is_new or put.is_changed)

    def __str__(self) -> str:
        return f"{self.created} new, {self.filled} completed, {self.unchanged} left as they are"


def read_records(path: Path, key: str) -> Iterator[Record]:
    """The records under ``key`` of a data file, without those that were recalled as a whole."""
    for written in json.loads(path.read_text(encoding="utf-8"))[key]:
        if written.get("confidence") != Grade.RECALLED:
            yield make_record(written)


def make_record(written: Mapping[str, Any]) -> Record:
    """A record as it is written in a data file, parted by its marks (``grade``, ``grades``, ``recalled_fields``)."""
    values = {name: value for name, value in written.items() if name != "confidence"}
    recalled = values.pop("recalled_fields", [])
    source, grade = values.pop("source", ""), values.pop("grade", Grade.PRESS)
    return Record(
        grades=values.pop("grades", {}),
        recalled={name: values.pop(name) for name in recalled if name in values},
        values=values,
        source=source,
        grade=grade,
    )


@transaction.atomic
def put_record(
    model: type[models.Model], code: str, lookup: Mapping[str, Any], record: Record, *, with_facts: bool = True
) -> Put:
    """Bring one record into the table of ``model``, as a draft where there are drafts.

    Known by an audit entry that names its ``code``, so a record whose slug an officer changed is still found and one
    that an officer deleted stays deleted. New: created and logged. There already: only fields that are empty, and
    that nobody ever edited, are filled. Then each field becomes a fact to confirm, if it is none yet.
    """
    entry = _loaded_entry(model, code)
    objects = model._base_manager
    obj = objects.filter(pk=entry.object_id).first() if entry else objects.filter(**lookup).first()
    if obj is None and entry:
        return Put(None, is_new=False, is_changed=False)
    values = _written_values(model, record)
    if obj is None:
        put = Put(_create(model, code, {**lookup, **values}), is_new=True, is_changed=True)
    else:
        put = Put(obj, is_new=False, is_changed=_fill(obj, values))
    if with_facts:
        _record_facts(put, record)
    return put


def find_loaded(model: type[models.Model], code: str) -> Any:
    """The record that was loaded as ``code``; None when it was not, or when an officer deleted it."""
    entry = _loaded_entry(model, code)
    return model._base_manager.filter(pk=entry.object_id).first() if entry else None


def is_untouched(obj: models.Model) -> bool:
    """Nobody but the loader, and whoever confirmed its facts, has done anything with the record."""
    return not history(obj).exclude(action__in=OURS).exists()


def load_countries() -> LoadReport:
    """The parties with their orders and memberships, and every other State that may be represented."""
    report = LoadReport()
    path = DATA / "countries.json"
    others = json.loads(path.read_text(encoding="utf-8"))["source_of_others"]
    for record in read_records(path, "countries"):
        member_from, code = record.take("member_from"), record.take("code")
        record.source = record.source or others
        is_party = record.values.get("party", Party.OTHER) != Party.OTHER
        put = put_record(Country, code, {"code": code}, record, with_facts=is_party)
        if member_from and put.obj:
            since = Record({"valid_from": member_from}, source=record.source, grade=record.grade)
            put_record(Membership, code, {"country": put.obj}, since)
        report.count(put)
    return report


def load_institutions() -> LoadReport:
    """The institutions of the programme, the bodies of ASEAN and the environment ministries that were read."""
    report = LoadReport()
    for record in read_records(DATA / "institutions.json", "institutions"):
        slug, _is_public = record.take("slug"), record.take("public")
        put = put_record(Organisation, slug, {"slug": slug}, record)
        if put.is_changed:
            index_organisation(put.obj)
        report.count(put)
    return report


@transaction.atomic
def publish_institutions() -> int:
    """Show the public institutions; returns how many are new. What an officer once decided about one stays so."""
    shown = 0
    for record in read_records(DATA / "institutions.json", "institutions"):
        obj = find_loaded(Organisation, record.take("slug"))
        if obj and record.take("public") and record.is_sourced and not obj.is_public and is_untouched(obj):
            obj.is_public = True
            obj.save(update_fields=["is_public"])
            log(obj, "shown", by=BY, changes={"is_public": [False, True]})
            shown += 1
    if shown:
        content_changed()
    return shown


def _loaded_entry(model: type[models.Model], code: str) -> AuditEntry | None:
    content_type = ContentType.objects.get_for_model(model)
    return AuditEntry.objects.filter(content_type=content_type, action=LOADED, note=code).first()


def _written_values(model: type[models.Model], record: Record) -> dict[str, Any]:
    """What was read, as the fields take it; a record that it names and that is gone leaves its field empty."""
    found = {}
    for name, value in record.values.items():
        try:
            found[name] = as_python(model, name, value)
        except ValidationError:
            continue
    columns = {column.name for column in model._meta.get_fields()}
    marks = {"source": record.source, "source_grade": record.grade}
    return found | {name: value for name, value in marks.items() if name in columns}


def _create(model: type[models.Model], code: str, values: Mapping[str, Any]) -> models.Model:
    many = _many(model, values)
    obj = model._base_manager.create(**{name: value for name, value in values.items() if name not in many})
    for name in many:
        getattr(obj, name).set(values[name])
    log(obj, LOADED, by=BY, note=code)
    return obj


def _fill(obj: models.Model, values: Mapping[str, Any]) -> bool:
    many = _many(type(obj), values)
    empty = {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], False) and not present_value(obj, name)
    }
    edited = _edited(obj) if empty else set()
    gaps = {name: value for name, value in empty.items() if name not in edited}
    for name, value in gaps.items():
        if name in many:
            getattr(obj, name).set(value)
        else:
            setattr(obj, name, value)
    if gaps:
        obj.save(update_fields=[name for name in gaps if name not in many])
        log(obj, COMPLETED, by=BY, changes={name: ["", as_stored(value)] for name, value in gaps.items()})
    return bool(gaps)


def _edited(obj: models.Model) -> set[str]:
    """The fields that an officer ever changed."""
    changes = history(obj).exclude(action__in=(LOADED, COMPLETED)).values_list("changes", flat=True)
    return {name for entry in changes for name in entry}


def _record_facts(put: Put, record: Record) -> None:
    """What the record says, field by field; a field that an officer changed needs no confirming any more."""
    known = set() if put.is_new else set(Fact.objects.of(put.obj).values_list("field", flat=True))
    written = [(name, value, True) for name, value in record.values.items()]
    recalled = [(name, value, False) for name, value in record.recalled.items()]
    said = [
        (name, value, is_read)
        for name, value, is_read in [*written, *recalled]
        if value not in (None, "", []) and name not in ARRANGED and name not in known
    ]
    edited = _edited(put.obj) if said and not put.is_new else set()
    stated = (_state(put.obj, record, *fact) for fact in said if fact[0] not in edited)
    record_facts(put.obj, stated)


def _state(obj: models.Model, record: Record, name: str, value: Any, is_read: bool) -> Stated:  # noqa: FBT001
    grade = record.grades.get(name, record.grade) if is_read else Grade.RECALLED
    return Stated(name, value, grade, record.source, is_shown=is_read and stands_in(obj, name, value))


def _many(model: type[models.Model], names: Mapping[str, Any]) -> set[str]:
    return {name for name in names if isinstance(model._meta.get_field(name), models.ManyToManyField)}
