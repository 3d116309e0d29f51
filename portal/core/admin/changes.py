"""Tells what a form of the administration changed, so that only that is saved and logged."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.forms import BaseModelForm, BaseModelFormSet

LOADED = "_loaded_values"
EMPTY = (None, "")  # an untranslated text is NULL until a form has shown it; that is no change


def remember(obj: models.Model) -> None:
    """Keep the values with which ``obj`` came from the database."""
    setattr(obj, LOADED, {f.attname: obj.__dict__[f.attname] for f in _stored(obj) if f.attname in obj.__dict__})


def changed_columns(obj: models.Model) -> dict[str, list[Any]] | None:
    """``{field name: [old, new]}`` of the fields that differ from what was remembered; None if nothing was."""
    loaded = getattr(obj, LOADED, None)
    if loaded is None:
        return None
    now = {f.name: (loaded[f.attname], obj.__dict__.get(f.attname)) for f in _stored(obj) if f.attname in loaded}
    return {name: [old, new] for name, (old, new) in now.items() if old != new and not (old in EMPTY and new in EMPTY)}


def columns_to_save(obj: models.Model, changed: Iterable[str]) -> list[str]:
    """The names for ``save(update_fields=…)``: what changed, and the times that go with every save."""
    always = [f.name for f in _stored(obj) if getattr(f, "auto_now", False)]
    return list(dict.fromkeys([*changed, *always]))


def relations_changed(form: BaseModelForm) -> dict[str, list[Any]]:
    """``{field name: [old keys, new keys]}`` of the many-to-many fields that a saved form changed."""
    names = {f.name for f in form.instance._meta.many_to_many}
    return {
        name: [_keys(form.initial.get(name)), _keys(form.cleaned_data[name])]
        for name in form.changed_data
        if name in names
    }


def rows_changed(formsets: Iterable[BaseModelFormSet]) -> dict[str, str]:
    """``{"category 7": "changed: name_en, order"}`` of the rows below the object. Names only, never values."""
    found: dict[str, str] = {}
    for formset in formsets:
        found |= {_row(obj): "added" for obj in formset.new_objects}
        found |= {_row(obj): "changed: " + ", ".join(names) for obj, names in formset.changed_objects}
        found |= {_row(obj): "deleted" for obj in formset.deleted_objects}
    return found


def _stored(obj: models.Model) -> list[models.Field]:
    """The columns of ``obj`` without those that only mirror a translation in the default language."""
    mirrors = {f.translated_field.name for f in obj._meta.concrete_fields if hasattr(f, "translated_field")}
    return [f for f in obj._meta.concrete_fields if f.name not in mirrors]


def _keys(value: Any) -> list[Any]:
    return sorted(getattr(item, "pk", item) for item in value or [])


def _row(obj: models.Model) -> str:
    return f"{obj._meta.model_name} {obj.pk}"
