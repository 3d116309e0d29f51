"""Two records of one person, or of one organisation, become one. Whatever points at them moves, wings included."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.core.audit import log
from portal.core.pagecache import content_changed
from portal.directory.models import Contact, Organisation
from portal.directory.services.contacts import index_contact
from portal.directory.services.organisations import index_organisation, names_of

M = TypeVar("M", bound=models.Model)
NEVER_FILLED = {"id", "public_id", "search_key", "created_at", "slug"}


class MergeRefused(Exception):
    """The two cannot be merged. ``conflicts``: what both have and only one may have, in words."""

    def __init__(self, conflicts: list[str]) -> None:
        super().__init__("; ".join(conflicts))
        self.conflicts = conflicts


def merge_contacts(keep: Contact, other: Contact, *, by: Any) -> list[str]:
    """Make one person of two.

    Refused (``MergeRefused``, nothing changed) when both have what one person may have once, for example an active
    invitation to the same event. Else: everything that points at ``other`` points at ``keep``, fields that ``keep``
    lacks are taken over, what differs is put into the internal note, ``other`` is deleted (its history stays), both
    are logged. Gives the names of the fields taken over.
    """
    with transaction.atomic():
        keep, other = _lock(keep, other)
        if keep.user_id and other.user_id:
            raise MergeRefused([str(_("Both sign in. Remove the account of one of them first."))])
        _move_all(keep, other)
        user, differing = other.user, _differing(keep, other)
        Contact.objects.filter(pk=other.pk).update(user=None)
        filled = _fill(keep, other)
        keep.user = keep.user or user
        keep.note = "\n".join(part for part in (keep.note, differing) if part)
        keep.save()
        index_contact(keep)
        _close(keep, other, filled, by=by)
    return filled


def merge_organisations(keep: Organisation, other: Organisation, *, by: Any) -> list[str]:
    """The same for organisations; the names of ``other`` become other names of ``keep``."""
    with transaction.atomic():
        keep, other = _lock(keep, other)
        if keep.predecessor_id == other.pk:
            keep.predecessor = other.predecessor
            keep.save(update_fields=["predecessor"])
        _move_all(keep, other)
        filled = _fill(keep, other)
        known = {name.casefold() for name in names_of(keep)}
        keep.alternative_names += [name for name in names_of(other) if name.casefold() not in known]
        if keep.predecessor_id in (keep.pk, other.pk):
            keep.predecessor = None
        keep.save()
        _close(keep, other, filled, by=by)
        index_organisation(keep)
        for contact in keep.contacts.select_related("organisation"):
            index_contact(contact)
        content_changed()  # pages of events and records name organisations
    return filled


def _lock(keep: M, other: M) -> tuple[M, M]:
    if keep.pk == other.pk:
        raise MergeRefused([str(_("Choose two different records."))])
    rows = type(keep)._default_manager.select_for_update().filter(pk__in=[keep.pk, other.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:  # noqa: PLR2004 - both of the two
        raise MergeRefused([str(_("One of the two no longer exists."))])
    return found[keep.pk], found[other.pk]


def _move_all(keep: M, other: M) -> None:
    """Point every row that points at ``other`` at ``keep``; ``MergeRefused`` with every conflict when one cannot."""
    conflicts: list[str] = []
    moves: list[tuple[models.Model, str]] = []
    for model, name in _relations(type(keep)):
        for row in model._base_manager.filter(**{name: other.pk}).exclude(pk=keep.pk if model is type(keep) else None):
            setattr(row, name, keep)
            reason = _why_not(row)
            if not reason:
                moves.append((row, name))
            elif model._meta.auto_created:
                row.delete()  # the same tag on both: one is enough
            else:
                conflicts.append(f"{model._meta.verbose_name}: {row} – {reason}")
    if conflicts:
        raise MergeRefused(conflicts)
    for row, name in moves:
        type(row)._base_manager.filter(pk=row.pk).update(**{name: keep})
    _move_generic(keep, other)


def _relations(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Every foreign key in the house that points at ``model``, hidden ones and those of tags included."""
    relations: Iterable[Any] = model._meta.get_fields(include_hidden=True)
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]


def _why_not(row: models.Model) -> str:
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _move_generic(keep: models.Model, other: models.Model) -> None:
    """The same for rows that name any object, such as consents. (The history stays with the object it is about.)"""
    content_type = ContentType.objects.get_for_model(keep)
    for model in apps.get_models():
        for field in model._meta.private_fields:
            if isinstance(field, GenericForeignKey):
                about_other = {field.ct_field: content_type, field.fk_field: str(other.pk)}
                model._base_manager.filter(**about_other).update(**{field.fk_field: str(keep.pk)})


def _fill(keep: models.Model, other: models.Model) -> list[str]:
    filled = []
    for field in keep._meta.concrete_fields:
        if field.name in NEVER_FILLED or field.name == "user" or field.one_to_one:
            continue
        mine, theirs = getattr(keep, field.attname), getattr(other, field.attname)
        if mine in (None, "", []) and theirs not in (None, "", []):
            setattr(keep, field.attname, theirs)
            filled.append(field.name)
    return filled


def _differing(keep: Contact, other: Contact) -> str:
    names = ("full_name", "native_name", "email", "phone", "messenger", "position_en", "position_zh_hans", "note")
    pairs = [(getattr(keep, name), getattr(other, name)) for name in names]
    return "; ".join(theirs for mine, theirs in pairs if mine and theirs and theirs != mine)


def _close(keep: models.Model, other: models.Model, filled: list[str], *, by: Any) -> None:
    log(keep, "merged", by=by, changes={name: ["", getattr(keep, name)] for name in filled}, note=f"#{other.pk}")
    log(other, "merged into", by=by, note=f"#{keep.pk}")
    other.delete()
