"""Publishing: one workflow for everything that is ``Publishable``, in whatever wing it lives."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import facts
from portal.core.audit import history, log
from portal.core.enums import ReviewDecision
from portal.core.models import AuditEntry, Fact, Review
from portal.core.pagecache import content_changed
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.enums import PublishingStatus
from portal.library.kinds import is_listed
from portal.library.models import Publishable
from portal.library.services.catalogue import enter, withdraw
from portal.library.workflow import PUBLISH, PUBLISHING

# What is a change of the words: with the parts of a record whose history names them.
WRITES = ("added", "changed", "submit", "document_added", "photos_added", "text_added", "text_written", "text_released")
DECIDED = (facts.CONFIRMED, facts.CORRECTED, facts.REJECTED)


class NotChecked(Exception):
    """It cannot be published or approved; the message says why, for the person."""


def submit(obj: Publishable, *, by: Any, at: datetime | None = None) -> None:
    """Hand a draft in for review."""
    PUBLISHING.apply(obj, "submit", by=by, at=at)


@transaction.atomic
def review(
    obj: Publishable, *, decision: str, by: Any, comments: str = "", seen: int | None = None, at: datetime | None = None
) -> Review:
    """Record what a second person decided (a ``ReviewDecision``), and move the thing on.

    ``NotChecked`` when that person wrote or submitted the present text; ``Conflict`` when it is no longer the text of
    which ``seen`` was the ``last_change``. In order: the check is recorded, the status.
    """
    at = at or timezone.now()
    _lock(obj)
    if not may_check(obj, by):
        raise NotChecked(_("Somebody else than who wrote or submitted this has to check it."))
    _refuse_unseen(obj, seen)
    found = Review.objects.create(subject=obj, reviewer=by, decision=decision, comments=comments, at=at)
    PUBLISHING.apply(obj, "approve" if decision == ReviewDecision.APPROVED else "request_changes", by=by, at=at)
    return found


@transaction.atomic
def publish(obj: Publishable, *, by: Any, seen: int | None = None, at: datetime | None = None) -> None:
    """Make the thing public, now or from its ``publish_at``.

    ``NotChecked`` while the office asks for a second person's check and there is none; ``Conflict`` when it is no
    longer the text of which ``seen`` was the ``last_change``.
    """
    if settings.PUBLISH_SECOND_CHECK and obj.status != PublishingStatus.APPROVED:
        raise NotChecked(_("A second person has to check this first: submit it for review."))
    _lock(obj)
    _refuse_unseen(obj, seen)
    PUBLISHING.apply(obj, "publish", by=by, at=at)


def unpublish(obj: Publishable, *, by: Any, at: datetime | None = None) -> None:
    """Take the thing out of every page, feed, search and the API at once; what was only to appear will not."""
    PUBLISHING.apply(obj, "unpublish", by=by, at=at)


@transaction.atomic
def schedule(obj: Publishable, *, publish_at: datetime | None, by: Any, at: datetime | None = None) -> None:
    """Say from which moment on the thing shall be public (None: from its publication).

    ``TransitionRefused`` when it is public already. In order: the moment, its history, the catalogue.
    """
    at = at or timezone.now()
    if not may_publish(by):
        raise PermissionDenied
    obj.status = _lock(obj)
    if is_public(obj, at):
        raise TransitionRefused(f"{obj._meta.label}: it is public already")
    old, obj.publish_at = obj.publish_at, publish_at
    if old == publish_at:
        return
    obj.save(update_fields=["publish_at"])
    log(obj, "schedule", by=by, at=at, changes={"publish_at": [old, publish_at]})
    _enter_if_listed(obj)


@transaction.atomic
def content_saved(obj: Publishable, *, by: Any) -> None:
    """To be called in the transaction that changed the words of a thing: an approval holds for the words checked.

    ``PermissionDenied`` when the thing is published and ``by`` may not publish. In order: the status (what was
    approved goes back to review where a second check is asked for), the catalogue and the public pages.
    """
    obj.status = _lock(obj)  # it may have been approved or published since the form was opened
    if obj.status == PublishingStatus.PUBLISHED and not may_publish(by):
        raise PermissionDenied
    if obj.status == PublishingStatus.APPROVED and settings.PUBLISH_SECOND_CHECK:
        PUBLISHING.apply(obj, "amend", by=by)
    _enter_if_listed(obj)


@transaction.atomic
def discard(obj: Publishable) -> None:
    """Delete a thing that is not published: its entry in the catalogue, the facts about it, the row.

    ``TransitionRefused`` while it is published. Its history and the checks of it stay.
    """
    obj.status = _lock(obj)
    if obj.status == PublishingStatus.PUBLISHED:
        raise TransitionRefused(f"{obj._meta.label}: unpublish it first")
    if is_listed(obj):
        withdraw(obj)
    Fact.objects.of(obj).delete()
    obj.delete()


@transaction.atomic
def renew_preview(obj: Publishable, *, by: Any = None) -> None:
    """End the preview links that were given out."""
    obj.preview_version = type(obj)._default_manager.select_for_update().get(pk=obj.pk).preview_version + 1
    obj.save(update_fields=["preview_version"])
    log(obj, "renew_preview", by=by)


def public_from(obj: Publishable) -> datetime | None:
    """From when the thing is public; None while it is not. For the ``describe`` of its kind."""
    if obj.status != PublishingStatus.PUBLISHED:
        return None
    return obj.publish_at or obj.published_at


def is_public(obj: Publishable, at: datetime | None = None) -> bool:
    """Whether everybody may see the thing at ``at``."""
    begins = public_from(obj)
    return begins is not None and begins <= (at or timezone.now())


def last_change(obj: Publishable) -> int:
    """Names the state of the words: the entry of the history that last changed them, 0 without one."""
    return next((entry.pk for entry in history(obj).iterator() if _is_write(entry)), 0)


def last_review(obj: Publishable) -> Review | None:
    """The last check by a second person, with who did it."""
    return _reviews(obj).select_related("reviewer").first()


def may_check(obj: Publishable, user: Any) -> bool:
    """Whether ``user`` may be the second person: always while the office asks for none."""
    return not settings.PUBLISH_SECOND_CHECK or user.pk not in _writers(obj)


def may_publish(user: Any) -> bool:
    """Whether ``user`` may change what is published; a word like "system" stands for the portal itself."""
    return user is None or isinstance(user, str) or user.has_perm(PUBLISH)


def _writers(obj: Publishable) -> set[int]:
    """Who wrote or submitted the words that are to be checked: everybody since the last approval."""
    writers = set()
    for entry in history(obj).iterator():
        if entry.action == "approve":
            break
        if _is_write(entry) and entry.actor_id:
            writers.add(entry.actor_id)
    return writers


def _is_write(entry: AuditEntry) -> bool:
    """A fact that was confirmed as it stood is no change of words."""
    return entry.action in WRITES or (entry.action in DECIDED and bool(entry.changes))


def _lock(obj: Publishable) -> str:
    """Hold the row until the transaction ends; the status that it has now."""
    status: str = type(obj)._default_manager.select_for_update().values_list("status", flat=True).get(pk=obj.pk)
    return status


def _refuse_unseen(obj: Publishable, seen: int | None) -> None:
    if seen is not None and last_change(obj) != seen:
        raise Conflict


def _reviews(obj: Publishable) -> Any:
    content_type = ContentType.objects.get_for_model(obj)
    return Review.objects.filter(content_type=content_type, object_id=str(obj.pk))


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
