"""What follows in the library when the office decided on a fact of a record."""

from datetime import datetime
from typing import Any

from django.db import models

from portal.core.audit import log
from portal.library.kinds import is_listed
from portal.library.models import Publishable, StrandActivity, StrandName
from portal.library.services.catalogue import enter
from portal.library.services.publishing import content_saved


def fact_decided(obj: models.Model, *, by: Any, at: datetime) -> None:
    """The words of ``obj`` changed: an approval ends where one is needed, and its entry in the catalogue follows."""
    record = obj.strand if isinstance(obj, StrandActivity | StrandName) else obj
    if record is not obj:  # a row below the record: its words are the record's, so who decided is among its writers
        log(record, "changed", by=by, at=at, changes={f"{obj._meta.model_name} {obj.pk}": "changed"})
    if isinstance(record, Publishable):
        content_saved(record, by=by)
    elif is_listed(record):
        enter(record)
