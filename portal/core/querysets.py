"""Reads of the ground floor that chain."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    """Jobs."""

    def visible_to(self, user: Any) -> "JobQuerySet":
        """Staff see the jobs they began; who may read what everybody did (managers) sees all of them."""
        if not (user.is_active and user.is_staff):
            return self.none()
        return self if user.has_perm("core.view_auditentry") else self.filter(created_by=user)

    def due(self, at: datetime) -> "JobQuerySet":
        """Jobs to work on at ``at``: waiting, or begun by a worker whose lease has run out; the oldest first."""
        forsaken = Q(state="running", lease_until__lt=at)
        return self.filter(Q(state="queued") | forsaken).order_by("created_at", "pk")


class TextVersionQuerySet(models.QuerySet):
    """Text versions. People have agreed to the released ones, so no shortcut around the model changes or drops them."""

    def update(self, **values: Any) -> int:
        if self.exclude(released_at=None).exists():
            raise ValueError("a released text is never changed")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.exclude(released_at=None).exists():
            raise ValueError("a released text is never deleted")
        return super().delete()


class FactQuerySet(models.QuerySet):
    """Facts to confirm."""

    def open(self) -> "FactQuerySet":
        return self.filter(status="open")

    def of(self, obj: models.Model) -> "FactQuerySet":
        """The facts about one record."""
        content_type = ContentType.objects.get_for_model(obj)
        return self.filter(content_type=content_type, object_id=str(obj.pk))
