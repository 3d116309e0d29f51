"""Keeps the catalogue in step with the clock."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.library.models import CatalogueItem
from portal.library.services.catalogue import enter


def follow_clock(at: datetime | None = None) -> int:
    """Enter anew whatever has become public by the clock since it was last entered; returns how many that were.

    It was public the moment its time came; but others name it (an outcome its documents, a mandate its text), and they
    are found by its titles and languages only from now on. Each in a transaction of its own; safe to repeat.
    """
    begun: Any = CatalogueItem.objects.public(at or timezone.now()).filter(public_from__gt=F("updated_at"))
    followed = 0
    for item in begun.order_by("pk"):
        with transaction.atomic():
            if item.subject is not None:
                enter(item.subject)
                followed += 1
    return followed
