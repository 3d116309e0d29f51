"""Shows the audit trail of one object in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.core.audit import HIDDEN
from portal.core.models import AuditEntry
from portal.core.times import format_instant

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
ACTIONS: dict[str, str | Promise] = {
    ADDED: gettext_lazy("added"),
    CHANGED: gettext_lazy("changed"),
    DELETED: gettext_lazy("deleted"),
    "loaded": gettext_lazy("loaded"),
}
# Who acts without being a person; the trail keeps the plain word.
ACTORS: dict[str, str | Promise] = {
    "system": gettext_lazy("system"),
    "opening content": gettext_lazy("opening content"),
    "demonstration": gettext_lazy("demonstration"),
    "invitee": gettext_lazy("invitee"),
    "reader": gettext_lazy("reader"),
}
# Short notes that services leave; whatever people wrote is shown as it is.
NOTES: dict[str, str | Promise] = {"import": gettext_lazy("by import")}
NOTE = "{note}"  # where the name of an action holds this, the note has its place in it
EMPTY = "–"


@dataclass(frozen=True)
class Change:
    """One field of an entry; ``is_hidden`` when its values are personal and were not kept."""

    label: str
    old: str = ""
    new: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class HistoryRow:
    """One line of the history page."""

    at: str
    who: str
    action: str
    note: str
    changes: list[Change] = field(default_factory=list)


def history_rows(
    model: type[models.Model], entries: Iterable[AuditEntry], actions: Mapping[str, str | Promise]
) -> list[HistoryRow]:
    """The entries as lines, in the reader's language and zone; ``actions`` names actions of that model's workflow,
    with ``{note}`` where the note of the entry belongs."""
    entries, words = list(entries), {**ACTIONS, **actions}
    labels = _related_labels(model, entries) | _labels_below(model, entries)
    return [
        HistoryRow(
            format_instant(entry.at, timezone.get_current_timezone_name()),
            str(ACTORS.get(entry.who, entry.who)),
            *_action(str(words.get(entry.action, entry.action)), entry.note),
            [_change(model, name, value, labels) for name, value in entry.changes.items()],
        )
        for entry in entries
    ]


def _action(words: str, note: str) -> tuple[str, str]:
    """What was done, and the note where it does not stand in those words."""
    if NOTE in words:
        return words.replace(NOTE, note), ""
    return words, str(NOTES.get(note, note))


def _change(model: type[models.Model], name: str, value: Any, labels: Mapping[str, Mapping[str, str]]) -> Change:
    found = _field(model, name)
    label = capfirst(str(found.verbose_name)) if found else name
    if isinstance(value, str) and (below := _model_below(model, name)):
        key = name.rpartition(" ")[2]
        called = labels.get(name, {}).get(key, key)
        return Change(f"{capfirst(str(below._meta.verbose_name))} {called}", new=_row_shown(below, value))
    if value == HIDDEN:
        return Change(label, is_hidden=True)
    if not isinstance(value, list):
        return Change(label, new=_shown(found, value, {}))
    old, new = (_shown(found, part, labels.get(name, {})) for part in value)
    return Change(label, old, new)


def _model_below(model: type[models.Model], name: str) -> type[models.Model] | None:
    """The model of a row below the object, which the trail names like “category 7”."""
    kind, _space, key = name.rpartition(" ")
    if not key.isdecimal():
        return None
    related = (relation.related_model for relation in model._meta.related_objects)
    return next((one for one in related if isinstance(one, type) and one._meta.model_name == kind), None)


def _labels_below(model: type[models.Model], entries: Iterable[AuditEntry]) -> dict[str, dict[str, str]]:
    """What the rows below are called now, one query a model; a row without a name, or gone, keeps its number."""
    rows: dict[type[models.Model], dict[str, str]] = {}
    for name in {name for entry in entries for name, value in entry.changes.items() if isinstance(value, str)}:
        below = _model_below(model, name)
        if below is not None and (hasattr(below, "name") or hasattr(below, "title")):
            rows.setdefault(below, {})[name.rpartition(" ")[2]] = name
    found: dict[str, dict[str, str]] = {}
    for below, names in rows.items():
        for obj in below._base_manager.filter(pk__in=names):
            called = getattr(obj, "name", "") or getattr(obj, "title", "")
            if called:
                found[names[str(obj.pk)]] = {str(obj.pk): f"“{called}”"}
    return found


def _row_shown(model: type[models.Model], value: str) -> str:
    """“changed: name_en, order” in the reader's language."""
    action, _colon, names = value.partition(": ")
    fields = [(name, _field(model, name)) for name in names.split(", ") if name]
    labels = [str(found.verbose_name) if found else name for name, found in fields]
    colon = pgettext("after a name", ": ")
    return colon.join(part for part in (str(ACTIONS.get(action, action)), ", ".join(labels)) if part)


def _shown(found: models.Field | None, value: Any, labels: Mapping[str, str]) -> str:
    if value in (None, "", []):
        return EMPTY
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(labels.get(str(item), str(item)) for item in value)
    if isinstance(found, models.DateTimeField) and (instant := parse_datetime(str(value))):
        return format_instant(instant, timezone.get_current_timezone_name())
    if found is not None and found.choices:
        return str(dict(found.flatchoices).get(value, value))
    return labels.get(str(value), str(value))


def _related_labels(model: type[models.Model], entries: Iterable[AuditEntry]) -> dict[str, dict[str, str]]:
    """What related objects are called now, one query a relation: the trail keeps their keys alone."""
    keys: dict[str, set[Any]] = {}
    for entry in entries:
        for name, value in entry.changes.items():
            found = _field(model, name)
            if found is not None and found.remote_field and isinstance(value, list):
                keys.setdefault(name, set()).update(_flat(value))
    return {name: _labels(model, name, found) for name, found in keys.items()}


def _labels(model: type[models.Model], name: str, keys: set[Any]) -> dict[str, str]:
    related: Any = model._meta.get_field(name).related_model
    return {str(obj.pk): str(obj) for obj in related._base_manager.filter(pk__in=keys)}


def _flat(values: list[Any]) -> list[Any]:
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    # An added row has "" for “nothing before” and may name what it was tied to by words.
    return [item for item in flat if str(item).isdecimal()]


def _field(model: type[models.Model], name: str) -> models.Field | None:
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None
