"""Actions on many: a service for each, and a report of what was done, what was skipped and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.workflow import Conflict, TransitionRefused

M = TypeVar("M", bound=models.Model)
NAMED = 10  # how many of those skipped for one reason are named


@dataclass
class BulkReport:
    """How many were done, and who was skipped for which reason."""

    done: int = 0
    skipped: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, label: str, reason: str) -> None:
        self.skipped.setdefault(reason, []).append(label)

    def tell(self, request: HttpRequest, done: Any) -> None:
        """Say it to the officer. ``done`` is ``ngettext_lazy("…", "… %(count)d …", "count")``."""
        if self.done:
            messages.success(request, done % {"count": self.done})
        for reason, labels in self.skipped.items():
            messages.warning(request, _skipped(reason, labels))
        if not self.done and not self.skipped:
            messages.info(request, _("Nothing was chosen, nothing was done."))


def run_each(
    request: HttpRequest,
    objects: Iterable[M],
    do: Callable[[M], Any],
    *,
    done: Any,
    refusals: tuple[type[Exception], ...] = (),
) -> BulkReport:
    """Do ``do(obj)`` for each, every one in its own transaction, and tell the officer the outcome.

    Objects that ``do`` refuses (``TransitionRefused``, ``Conflict``, ``PermissionDenied``, ``ValidationError`` or one
    of ``refusals``, whose text is shown) are skipped and named with the reason. ``done`` is a lazy plural with
    ``%(count)d``. Any other error is not caught; what was done before it stays done.
    """
    report = BulkReport()
    expected: tuple[type[Exception], ...] = (TransitionRefused, Conflict, PermissionDenied, ValidationError, *refusals)
    for obj in objects:
        try:
            with transaction.atomic():
                do(obj)
        except expected as error:
            report.skip(str(obj), reason_of(error))
        else:
            report.done += 1
    report.tell(request, done)
    return report


def reason_of(error: Exception) -> str:
    """Why something was refused, in words an officer can act on."""
    if isinstance(error, TransitionRefused):
        return _("not possible in its present state")
    if isinstance(error, Conflict):
        return _("somebody else changed it first; look at it again")
    if isinstance(error, PermissionDenied):
        return _("your role does not allow it")
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def _skipped(reason: str, labels: list[str]) -> str:
    named, more = ", ".join(labels[:NAMED]), len(labels) - NAMED
    text = ngettext("{count} skipped – {reason}: {names}", "{count} skipped – {reason}: {names}", len(labels)).format(
        count=len(labels), reason=reason, names=named
    )
    if more <= 0:
        return text
    return " ".join([text, ngettext("and {count} more", "and {count} more", more).format(count=more)])
