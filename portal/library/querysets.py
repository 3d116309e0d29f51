"""Reads of the library that chain."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.library.enums import PublishingStatus


class PublishableQuerySet(models.QuerySet):
    """Things with the publishing workflow."""

    def public(self, at: datetime | None = None) -> "PublishableQuerySet":
        """Published, and the moment of publication has come."""
        begun = Q(publish_at__isnull=True) | Q(publish_at__lte=at or timezone.now())
        return self.filter(begun, status=PublishingStatus.PUBLISHED)


class CatalogueQuerySet(models.QuerySet):
    """Items of the catalogue."""

    def public(self, at: datetime | None = None) -> "CatalogueQuerySet":
        """What everybody may see at ``at``."""
        at = at or timezone.now()
        lasts = Q(public_until__isnull=True) | Q(public_until__gt=at)
        return self.filter(lasts, public_from__lte=at)

    def results(self) -> "CatalogueQuerySet":
        """What came of the programme, as against what is planned or explained."""
        return self.filter(is_result=True)

    def with_texts(self) -> "CatalogueQuerySet":
        """Titles and summaries of all languages in one further query."""
        return self.prefetch_related("texts")

    def next_change(self, at: datetime) -> datetime | None:
        """The next instant after ``at`` at which an item appears or goes (for the page cache)."""
        moments = self.aggregate(
            begins=models.Min("public_from", filter=Q(public_from__gt=at)),
            ends=models.Min("public_until", filter=Q(public_until__gt=at)),
        )
        return min(filter(None, moments.values()), default=None)


class NamedManager(models.Manager):
    """Things that have a name in some language."""

    def get_queryset(self) -> models.QuerySet:
        """Without those whose name waits to be confirmed."""
        return super().get_queryset().filter(Q(name_en__gt="") | Q(name_zh_hans__gt=""))
