"""Publishing: one workflow for everything that is ``Publishable``, in whatever wing it lives."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import history
from portal.core.enums import ReviewDecision
from portal.core.models import Review
from portal.core.pagecache import content_changed
from portal.library.enums import PublishingStatus
from portal.library.kinds import is_listed
from portal.library.models import Publishable
from portal.library.services.catalogue import enter
from portal.library.workflow import PUBLISHING

WRITES = ("added", "changed", "submit")


class NotChecked(Exception):
    """It cannot be published or approved; the message says why, for the person."""


def submit(obj: Publishable, *, by: Any) -> None:
    """Hand a draft in for review."""
    PUBLISHING.apply(obj, "submit", by=by)


@transaction.atomic
def review(obj: Publishable, *, decision: str, by: Any, comments: str = "", at: datetime | None = None) -> Review:
    """Record what a second person decided (a ``ReviewDecision``), and move the thing on.

    ``NotChecked`` when that person wrote or submitted the present text. In order: the check is recorded, the status.
    """
    at = at or timezone.now()
    if settings.PUBLISH_SECOND_CHECK and by.pk in _writers(obj):
        raise NotChecked(_("Somebody else than who wrote or submitted this has to check it."))
    found = Review.objects.create(subject=obj, reviewer=by, decision=decision, comments=comments, at=at)
    PUBLISHING.apply(obj, "approve" if decision == ReviewDecision.APPROVED else "request_changes", by=by, at=at)
    return found


def publish(obj: Publishable, *, by: Any, at: datetime | None = None) -> None:
    """Make the thing public, now or from its ``publish_at``.

    ``NotChecked`` while the office asks for a second person's check and there is none.
    """
    if settings.PUBLISH_SECOND_CHECK and obj.status != PublishingStatus.APPROVED:
        raise NotChecked(_("A second person has to check this first: submit it for review."))
    PUBLISHING.apply(obj, "publish", by=by, at=at)


def unpublish(obj: Publishable, *, by: Any, at: datetime | None = None) -> None:
    """Take the thing out of every page, feed, search and the API at once."""
    PUBLISHING.apply(obj, "unpublish", by=by, at=at)


def content_saved(obj: Publishable, *, by: Any) -> None:
    """To be called when the words of a thing were changed: an approval holds for the words that were checked."""
    if obj.status == PublishingStatus.APPROVED and settings.PUBLISH_SECOND_CHECK:
        PUBLISHING.apply(obj, "amend", by=by)
    _enter_if_listed(obj)


def renew_preview(obj: Publishable) -> None:
    """End the preview links that were given out."""
    obj.preview_version += 1
    obj.save(update_fields=["preview_version"])


def public_from(obj: Publishable) -> datetime | None:
    """From when the thing is public; None while it is not. For the ``describe`` of its kind."""
    if obj.status != PublishingStatus.PUBLISHED:
        return None
    return obj.publish_at or obj.published_at


def _writers(obj: Publishable) -> set[int]:
    """Who wrote or submitted the words that are to be checked: everybody since the last approval."""
    writers = set()
    for entry in history(obj).iterator():
        if entry.action == "approve":
            break
        if entry.action in WRITES and entry.actor_id:
            writers.add(entry.actor_id)
    return writers


def _enter_if_listed(obj: Publishable) -> None:
    if is_listed(obj):
        enter(obj)
    elif obj.status == PublishingStatus.PUBLISHED:
        content_changed()


@PUBLISHING.bind("note_time")
def _note_time(obj: Publishable, *, at: datetime, **_details: Any) -> None:
    obj.published_at = at
    obj.save(update_fields=["published_at"])


@PUBLISHING.bind("enter")
def _enter(obj: Publishable, **_details: Any) -> None:
    if is_listed(obj):
        enter(obj)
    else:
        content_changed()
