"""Facts that wait for the office's word: recorded with their source, and confirmed, corrected or rejected one by one.

A value is kept as JSON: a day as ``2025-10-21``, another record by its ``slug`` or ``code``, several as a list.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import log
from portal.core.enums import FactStatus
from portal.core.models import Fact
from portal.core.pagecache import content_changed
from portal.core.workflow import Transition, Workflow

DECIDE = "core.change_fact"
CONFIRMED, CORRECTED, REJECTED = "fact_confirmed", "fact_corrected", "fact_rejected"
NATURAL_KEYS = ("slug", "code")

FACTS = Workflow(
    "status",
    (
        Transition("confirm", (FactStatus.OPEN,), FactStatus.CONFIRMED, DECIDE, ("decide",)),
        Transition("correct", (FactStatus.OPEN,), FactStatus.CORRECTED, DECIDE, ("decide",)),
        Transition("reject", (FactStatus.OPEN,), FactStatus.REJECTED, DECIDE, ("decide",)),
    ),
)
ACTIONS = {
    FactStatus.CONFIRMED: CONFIRMED,
    FactStatus.CORRECTED: CORRECTED,
    FactStatus.REJECTED: REJECTED,
}

Callback = Callable[..., None]
_callbacks: list[Callback] = []


class Stated(NamedTuple):
    """What a source says of one field."""

    field: str
    value: Any
    grade: str
    source: str
    is_shown: bool


def on_fact_decided(callback: Callback) -> None:
    """Have ``callback(obj, by=, at=)`` called in the transaction in which a fact about ``obj`` was decided."""
    if callback not in _callbacks:
        _callbacks.append(callback)


def record_fact(obj: models.Model, field: str, value: Any, *, grade: str, source: str, is_shown: bool) -> Fact:
    """Note what a source says of one field; a fact that is known already stays as it is. The record is not touched."""
    record_facts(obj, [Stated(field, value, grade, source, is_shown)])
    return Fact.objects.of(obj).get(field=field)


def record_facts(obj: models.Model, stated: Iterable[Stated]) -> int:
    """Note several facts about one record; returns how many were new."""
    stated = list(stated)
    if not stated:
        return 0
    known = set(Fact.objects.of(obj).values_list("field", flat=True))
    new = [
        Fact(
            content_type=ContentType.objects.get_for_model(obj),
            object_id=str(obj.pk),
            field=item.field,
            value=as_stored(item.value),
            grade=item.grade,
            source=item.source,
            is_shown=item.is_shown,
        )
        for item in stated
        if item.field not in known
    ]
    Fact.objects.bulk_create(new)
    return len(new)


def confirm_fact(fact: Fact, *, evidence: str, by: Any, at: datetime | None = None) -> None:
    """The office confirms the fact: its value is written into the record.

    ``ValidationError`` without evidence, for a value that the record cannot hold, or when the record is gone;
    ``TransitionRefused`` or ``Conflict`` when the fact was decided before. In order: the status and its history, the
    field of the record and its history, whoever asked to be told (the catalogue), the public pages.
    """
    _decide(fact, "confirm", fact.value, evidence=evidence, by=by, at=at)


def correct_fact(fact: Fact, value: Any, *, evidence: str, by: Any, at: datetime | None = None) -> None:
    """The same with another value than the source's; it is kept as the confirmed one beside what the source said."""
    _decide(fact, "correct", value, evidence=evidence, by=by, at=at)


def reject_fact(fact: Fact, *, evidence: str, by: Any, at: datetime | None = None) -> None:
    """The office finds the fact wrong: where its value stands in the record, the field is emptied.

    ``ValidationError`` also for a field that may not be empty: such a fact is corrected instead.
    """
    _decide(fact, "reject", None, evidence=evidence, by=by, at=at)


def present_value(obj: models.Model, field: str) -> Any:
    """What stands in the field of the record now, as it would be stored in a fact."""
    found = getattr(obj, field)
    return as_stored(list(found.all()) if isinstance(obj._meta.get_field(field), models.ManyToManyField) else found)


def stands_in(obj: models.Model, field: str, value: Any) -> bool:
    """Whether the stored ``value`` is what stands in the field of the record now; several in whatever order."""
    present = present_value(obj, field)
    try:
        wanted = as_stored(as_python(type(obj), field, value))
    except ValidationError:
        return False
    is_many = isinstance(obj._meta.get_field(field), models.ManyToManyField)
    return bool(sorted(present) == sorted(wanted) if is_many else present == wanted)


def as_stored(value: Any) -> Any:
    """``value`` as JSON."""
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [as_stored(item) for item in value]
    if isinstance(value, models.Model):
        return getattr(value, _natural_key(type(value)))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def as_python(model: type[models.Model], field: str, value: Any) -> Any:
    """The stored ``value`` as ``field`` of ``model`` takes it: days, records, lists of records.

    ``ValidationError`` for what the field cannot hold and for a record that is not there.
    """
    column = model._meta.get_field(field)
    if isinstance(column, models.ManyToManyField):
        return [_find(column.related_model, key) for key in value or []]
    if isinstance(column, models.ForeignKey):
        return _find(column.related_model, value) if value else None
    return column.to_python(value) if isinstance(column, models.Field) else value


def _decide(fact: Fact, step: str, value: Any, *, evidence: str, by: Any, at: datetime | None) -> None:
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say where this can be read: a document, a page, a letter.")})
    FACTS.apply(fact, step, by=by, at=at or timezone.now(), value=value, evidence=evidence.strip())


@FACTS.bind("decide")
def _write_decision(fact: Fact, *, value: Any, evidence: str, by: Any, at: datetime) -> None:
    obj = fact.subject
    if fact.status == FactStatus.REJECTED:
        _take_back(fact, obj, by=by, at=at, evidence=evidence)
    elif obj is None:
        raise ValidationError(_("The record that this is about no longer exists."))
    else:
        _write(obj, fact, value, by=by, at=at, evidence=evidence)
    fact.evidence, fact.decided_at = evidence, at
    fact.decided_by = by if isinstance(by, models.Model) else None  # type: ignore[assignment]
    fact.confirmed_value = None if fact.status == FactStatus.REJECTED else as_stored(value)
    fact.save(update_fields=["evidence", "decided_at", "decided_by", "confirmed_value", "is_shown"])
    if obj is not None:
        for callback in _callbacks:
            callback(obj, by=by, at=at)
    content_changed()


def _write(obj: models.Model, fact: Fact, value: Any, *, by: Any, at: datetime, evidence: str) -> None:
    """Set the field, checked as a form would check it, and log it on the record with the evidence."""
    old, column = present_value(obj, fact.field), obj._meta.get_field(fact.field)
    new = as_python(type(obj), fact.field, value)
    if isinstance(column, models.ManyToManyField):
        getattr(obj, fact.field).set(new)
    else:
        if isinstance(column, models.Field) and not isinstance(column, models.ForeignKey):
            new = column.clean(new, obj)
        setattr(obj, fact.field, new)
        obj.validate_constraints()
        obj.save(update_fields=[fact.field])
    fact.is_shown = fact.status != FactStatus.REJECTED
    changes = {fact.field: [old, as_stored(new)]} if old != as_stored(new) else {}
    log(obj, ACTIONS[FactStatus(fact.status)], by=by, at=at, changes=changes, note=evidence)


def _take_back(fact: Fact, obj: models.Model | None, *, by: Any, at: datetime, evidence: str) -> None:
    """Empty the field when the rejected value stands in it; what an officer wrote there since is left alone."""
    if obj is None:
        return
    if not (fact.is_shown and stands_in(obj, fact.field, fact.value)):
        log(obj, REJECTED, by=by, at=at, note=evidence)
        return
    column: Any = obj._meta.get_field(fact.field)
    if not _may_be_empty(column):
        raise ValidationError(_("This field may not be empty: correct the fact instead of rejecting it."))
    is_many = isinstance(column, models.ManyToManyField)
    _write(obj, fact, [] if is_many else None if column.null else column.get_default(), by=by, at=at, evidence=evidence)
    fact.is_shown = False


def _may_be_empty(column: Any) -> bool:
    """A translated name is kept in a nullable column; in the main language it is as required as the name itself."""
    original = getattr(column, "translated_field", column)
    is_main = getattr(column, "language", settings.LANGUAGES[0][0]) == settings.LANGUAGES[0][0]
    return bool(original.blank or not is_main)


def _find(model: Any, key: Any) -> models.Model:
    found = model._default_manager.filter(**{_natural_key(model): key}).first()
    if found is None:
        raise ValidationError(_("There is no record “%(key)s”."), params={"key": key})
    return found


def _natural_key(model: type[models.Model]) -> str:
    """The field by which people name a record of ``model``."""
    for name in NATURAL_KEYS:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return name
    raise ValueError(f"{model._meta.label} has no slug and no code to name it by")
