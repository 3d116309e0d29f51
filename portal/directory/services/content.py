"""Opening content: what the portal knows on its first day, loaded field by field and never over an officer's edit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from portal.core.audit import log
from portal.core.models import AuditEntry
from portal.directory.models import Country, Membership, Organisation
from portal.directory.services.organisations import index_organisation

DATA = Path(__file__).resolve().parent.parent / "data"
LOADED = "loaded"
BY = "opening content"
MARKS = ("recalled_fields", "confidence")


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


def read_records(path: Path, key: str) -> list[dict[str, Any]]:
    """The records under ``key`` of a data file, without what was not read in a source."""
    records = json.loads(path.read_text(encoding="utf-8"))[key]
    return [known_fields(record) for record in records if record.get("confidence") != "recalled"]


def known_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """``record`` without its marks and without every field named in ``recalled_fields``."""
    hidden = {*MARKS, *record.get("recalled_fields", [])}
    return {name: value for name, value in record.items() if name not in hidden}


@transaction.atomic
def put_record(model: type[models.Model], code: str, lookup: Mapping[str, Any], values: Mapping[str, Any]) -> Put:
    """Bring one record into the table of ``model``.

    Known by an audit entry that names its ``code``, so a record whose slug an officer changed is still found and one
    that an officer deleted stays deleted. New: created and logged. There already: only fields that are empty, and
    that nobody ever edited, are filled.
    """
    content_type = ContentType.objects.get_for_model(model)
    entry = AuditEntry.objects.filter(content_type=content_type, action=LOADED, note=code).first()
    objects = model._default_manager
    obj = objects.filter(pk=entry.object_id).first() if entry else objects.filter(**lookup).first()
    if obj is None and entry:
        return Put(None, is_new=False, is_changed=False)
    if obj is None:
        obj = objects.create(**{**lookup, **values})
        log(obj, LOADED, by=BY, note=code)
        return Put(obj, is_new=True, is_changed=True)
    return Put(obj, is_new=False, is_changed=_fill(obj, values))


def _fill(obj: models.Model, values: Mapping[str, Any]) -> bool:
    entries = AuditEntry.objects.filter(content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk))
    edited = {name for changes in entries.values_list("changes", flat=True) for name in changes}
    gaps = {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], False) and not getattr(obj, name) and name not in edited
    }
    for name, value in gaps.items():
        setattr(obj, name, value)
    if gaps:
        obj.save(update_fields=list(gaps))
        log(obj, "completed", by=BY, changes={name: ["", value] for name, value in gaps.items()})
    return bool(gaps)


def load_countries() -> LoadReport:
    """The parties with their orders and memberships, and every other State that may be represented."""
    report = LoadReport()
    path = DATA / "countries.json"
    source = json.loads(path.read_text(encoding="utf-8"))["source_of_others"]
    for record in read_records(path, "countries"):
        member_from = record.pop("member_from", None)
        code = record.pop("code")
        put = put_record(Country, code, {"code": code}, {"source": source, **record})
        if put.is_new and member_from:
            Membership.objects.create(country=put.obj, valid_from=date.fromisoformat(member_from))
        report.count(put)
    return report


def load_institutions() -> LoadReport:
    """The institutions of the programme, the bodies of ASEAN and the environment ministries that were read."""
    report = LoadReport()
    countries = {country.code: country for country in Country.objects.all()}
    for record in read_records(DATA / "institutions.json", "institutions"):
        slug, code = record.pop("slug"), record.pop("country", "")
        record["country"] = countries.get(code)
        if "valid_from" in record:
            record["valid_from"] = date.fromisoformat(record["valid_from"])
        put = put_record(Organisation, slug, {"slug": slug}, record)
        if put.is_changed:
            index_organisation(put.obj)
        report.count(put)
    return report
