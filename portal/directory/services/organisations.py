"""Organisations of the directory, and the key they are found by."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from portal.core.audit import log
from portal.core.folding import fold
from portal.directory.models import Contact, Organisation


def search_key(names: Iterable[str | None]) -> str:
    """Folded names, one a line, with a break before the first and after the last: a whole name can be asked for."""
    folded = dict.fromkeys(fold(name) for name in names if name)
    return "".join(f"\n{name}" for name in folded) + "\n" if folded else ""


def names_of(organisation: Organisation) -> list[str]:
    """Every name an organisation is known by."""
    own = [organisation.name_en, organisation.name_zh_hans, organisation.abbreviation]
    return [name for name in [*own, *organisation.alternative_names] if name]


@transaction.atomic
def index_organisation(organisation: Organisation) -> None:
    """Write the search key of ``organisation`` and, when it changed, those of the people who belong to it."""
    key = search_key(names_of(organisation))
    if key == organisation.search_key:
        return
    organisation.search_key = key
    Organisation.objects.filter(pk=organisation.pk).update(search_key=key)
    people = list(Contact.objects.filter(organisation=organisation))
    for contact in people:
        contact.search_key = search_key(
            [contact.full_name, contact.native_name, contact.email, *names_of(organisation)]
        )
    Contact.objects.bulk_update(people, ["search_key"], batch_size=500)


@transaction.atomic
def create_organisation(values: Mapping[str, Any], *, by: Any, note: str = "") -> Organisation:
    """A new organisation: stored, made findable, logged."""
    organisation = Organisation.objects.create(**values)
    index_organisation(organisation)
    log(organisation, "added", by=by, note=note)
    return organisation


def fact_decided(obj: models.Model, *, by: Any, at: datetime) -> None:
    """A name that the office confirmed is one to find the organisation by."""
    if isinstance(obj, Organisation):
        index_organisation(obj)
