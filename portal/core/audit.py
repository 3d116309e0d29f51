"""What was done, by whom, when. For personal fields the names are kept, never the values."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.core.models.audit import AuditEntry
from portal.core.personal import personal_fields

_actor: ContextVar[Any] = ContextVar("actor", default=None)
HIDDEN = "•"


def actor_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Remembers the signed-in user of the request as the actor of what is logged during it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _actor.set(request)
        try:
            return get_response(request)
        finally:
            _actor.reset(token)

    return middleware


def log(
    obj: models.Model,
    action: str,
    *,
    by: Any = None,
    at: datetime | None = None,
    changes: Mapping[str, Any] | None = None,
    note: str = "",
) -> AuditEntry:
    """Write one entry about ``obj``.

    ``by`` is a user, or a word for who acted ("invitee", "focal point", "system"); left out, it is the request's
    signed-in user. ``changes`` maps field names to ``[old, new]``; values of personal fields are replaced by a dot.
    """
    by = by if by is not None else _request_user()
    marks = personal_fields(type(obj))
    shown = {name: HIDDEN if name in marks else _plain(value) for name, value in (changes or {}).items()}
    is_user = isinstance(by, models.Model)
    return AuditEntry.objects.create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        action=action,
        actor_id=by.pk if is_user else None,
        actor_label="" if is_user else str(by or "system"),
        at=at or timezone.now(),
        changes=shown,
        note=note,
    )


def changed_fields(old: models.Model, new: models.Model, names: list[str]) -> dict[str, list[Any]]:
    """``{name: [old, new]}`` for those of ``names`` that differ between two states of one object."""
    return {n: [getattr(old, n), getattr(new, n)] for n in names if getattr(old, n) != getattr(new, n)}


def history(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """The entries about ``obj``, newest first, with their actors."""
    return AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk)
    ).select_related("actor")


def _request_user() -> Any:
    user = getattr(_actor.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
