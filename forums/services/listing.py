"""Keeps events and their outcomes in step with the catalogue."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from forums.models import Event, EventEdition, Outcome
from portal.library.services.catalogue import enter, withdraw


@transaction.atomic
def list_event(event: Event) -> None:
    """Bring the entry of the event up to date, and that of its outcome, which shows its title, day and country."""
    enter(event)
    outcome = Outcome.objects.select_related("event__country").filter(event=event).first()
    if outcome is not None:
        enter(outcome)


@transaction.atomic
def unlist_event(event: Event) -> None:
    """Take the event, and its outcome, out of the catalogue: it is about to be deleted."""
    for outcome in Outcome.objects.filter(event=event):
        withdraw(outcome)
    withdraw(event)


def fact_decided(obj: models.Model, *, by: Any, at: datetime) -> None:
    """A fact of an event, or of its edition, was decided: its entry and that of its outcome follow."""
    event = obj.event if isinstance(obj, EventEdition) else obj
    if isinstance(event, Event):
        list_event(event)
