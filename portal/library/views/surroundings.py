"""What stands around a record on its page, whatever wing it lives in: its entry, what it is related to, its head."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from portal.core.pagecache import valid_until
from portal.core.times import format_days, office_day
from portal.library.enums import PublishingStatus
from portal.library.models import CatalogueItem
from portal.library.views.meta import Meta, schema_date
from portal.library.views.rows import Row, cover_url, rows_of, tag_of, text_of, with_all

RELATED_SHOWN = 12
TIES: Any = CatalogueItem.related.through


@dataclass(frozen=True)
class Surroundings:
    """``row`` is the thing itself as lists show it; None, and nothing related, while it is not public.

    ``changed`` is the day of the last change in words.
    """

    row: Row | None = None
    related: list[Row] = field(default_factory=list)
    meta: Meta | None = None
    changed: str = ""


def surroundings_of(
    request: HttpRequest, obj: models.Model, *, data: Mapping[str, Any] | None = None, at: datetime | None = None
) -> Surroundings:
    """For the page of ``obj``, in four queries; ``data`` is its JSON-LD (``Meta.data``).

    Says to the page cache when an entry of the catalogue next appears or goes.
    """
    at = at or timezone.now()
    thing = {"content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}
    ties = TIES.objects.filter(**{f"to_catalogueitem__{name}": thing[name] for name in thing})
    is_itself = models.Case(models.When(**thing, then=models.Value(0)), default=models.Value(1))
    items = CatalogueItem.objects.public(at).filter(
        models.Q(**thing) | models.Q(pk__in=ties.values("from_catalogueitem"))
    )
    changing = with_all(items).annotate(appears=next_moment("public_from", at), goes=next_moment("public_until", at))
    found = list(changing.order_by(is_itself, models.F("day").desc(nulls_last=True), "-pk")[: RELATED_SHOWN + 1])
    for moment in (found[0].appears, found[0].goes) if found else ():
        valid_until(request, moment)
    if not found or found[0].object_id != obj.pk or found[0].content_type_id != thing["content_type"].pk:
        return Surroundings()
    row, *related = rows_of(found)
    changed = format_days(office_day(row.item.updated_at), None, "day")
    return Surroundings(row, related, meta_of(row.item, data or {}), changed)


def next_moment(field: str, at: datetime) -> models.Subquery:
    """The next instant after ``at`` at which any item of the catalogue appears or goes, beside every row."""
    later = CatalogueItem.objects.filter(**{f"{field}__gt": at}).order_by(field)
    return models.Subquery(later.values(field)[:1])


def appeared(request: HttpRequest, records: Any, at: datetime) -> list[Any]:
    """The public ones of ``records`` that stand in no catalogue (milestones, figures), by one query.

    Says to the page cache when the next of them appears.
    """
    published = list(records.filter(status=PublishingStatus.PUBLISHED))
    coming = [record.publish_at for record in published if record.publish_at and record.publish_at > at]
    valid_until(request, min(coming, default=None))
    return [record for record in published if not record.publish_at or record.publish_at <= at]


def meta_of(item: Any, data: Mapping[str, Any]) -> Meta:
    """The head of the item's page from what the catalogue holds; ``data`` says more, and wins."""
    text, _lang = text_of(item)
    published = schema_date(item.day, item.day_precision)
    known = {
        "datePublished": published,
        "dateModified": item.updated_at.date().isoformat(),
        "inLanguage": sorted(tag_of(row.language) for row in item.all_languages),
    }
    kind = "website" if item.kind == "event" else "article"
    return Meta(text.title, text.summary, image=cover_url(item), kind=kind, data={**known, **data} if data else {})
