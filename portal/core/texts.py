"""Texts in versions, and the consents that name them."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from portal.core.audit import log
from portal.core.models import Consent, TextVersion
from portal.core.pagecache import content_changed
from portal.core.workflow import Conflict


def current_text(code: str) -> TextVersion:
    """The version of text ``code`` that was released last; raises ``TextVersion.DoesNotExist`` when there is none."""
    return TextVersion.objects.filter(code=code, released_at__lte=timezone.now()).latest("released_at", "pk")


@transaction.atomic
def release_text(text: TextVersion, *, by: Any, at: datetime | None = None) -> None:
    """Make ``text`` the current version; from now on it cannot be edited. ``Conflict`` when it is released already.

    In order: the time of release is set where there is none yet, public pages are renewed, the release is logged.
    """
    at = at or timezone.now()
    if TextVersion.objects.filter(pk=text.pk, released_at=None).update(released_at=at) != 1:
        raise Conflict
    text.released_at = at
    content_changed()
    log(text, "release", by=by, at=at)


def record_consent(
    subject: models.Model,
    purpose: str,
    given: bool,  # noqa: FBT001 - "record consent to photos: given" reads as a sentence
    *,
    text: TextVersion,
    given_by: str,
    at: datetime | None = None,
) -> Consent:
    """Add that ``given_by`` agreed, or no longer agrees, to ``purpose`` for ``subject`` under a released ``text``.

    Earlier rows stay: they prove what was agreed to when. ``ValueError`` for a text nobody could have read yet.
    """
    if text.released_at is None:
        raise ValueError(f"{text} is not released")
    return Consent.objects.create(
        subject=subject, purpose=purpose, given=given, text_version=text, given_by=given_by, at=at or timezone.now()
    )


def consents_of(subject: models.Model) -> dict[str, Consent]:
    """The latest consent of ``subject`` for each purpose, each with its text version."""
    return {consent.purpose: consent for consent in _given_by(subject).select_related("text_version")}


def agreed_purposes(subject: models.Model) -> set[str]:
    """The purposes that ``subject`` agreed to, by the latest answer each, without reading what was agreed to."""
    latest = dict(_given_by(subject).values_list("purpose", "given"))
    return {purpose for purpose, given in latest.items() if given}


def _given_by(subject: models.Model) -> models.QuerySet[Consent]:
    """Every answer, the latest last."""
    content_type = ContentType.objects.get_for_model(subject)
    return Consent.objects.filter(content_type=content_type, object_id=str(subject.pk)).order_by("at", "pk")
