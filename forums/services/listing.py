"""Keeps events and their outcomes in step with the catalogue."""

from django.db import transaction

from forums.models import Event, Outcome
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
