"""Publishing an outcome and taking it back, each with a page that says what will happen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forums.admin.outcome_forms import UnpublishForm
from forums.enums import EventStatus
from forums.models import Outcome
from forums.services.errors import Refused
from forums.services.outcomes import (
    missing_of,
    own_documents,
    publish_outcome,
    unpublish_outcome,
    unpublished_documents,
)
from portal.core.admin.bulk import reason_of
from portal.core.admin.pages import ask
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.admin.panel import change_url, possible
from portal.library.admin.step_page import shown_of
from portal.library.admin.steps import MomentForm
from portal.library.models import Document
from portal.library.services.publishing import NotChecked, last_change, schedule
from portal.library.workflow import PUBLISH

REFUSALS = (TransitionRefused, Conflict, NotChecked, Refused)


def publish_page(model_admin: Any, request: HttpRequest, outcome: Outcome) -> HttpResponseBase:
    """Ask, naming what is missing and what goes out with it; then publish."""
    _check(request, outcome, "publish")
    is_sent = request.method == "POST"
    form = MomentForm(request.POST if is_sent else None, initial={"publish_at": outcome.publish_at})
    if is_sent and form.is_valid():
        return _do(request, outcome, lambda: _publish(request, outcome, form.cleaned_data["publish_at"]))
    lines = [_("Everybody can see it then: on its page, in the results, in search, feeds and the API.")]
    lines += _with_documents(unpublished_documents(outcome), _("With it goes out: %(names)s."))
    if outcome.event.status == EventStatus.HELD:
        lines.append(_("The event is then shown with “results published”."))
    return ask(
        request,
        model_admin,
        _("Publish the outcomes of “%(event)s”") % {"event": outcome.event},
        lines=lines,
        form=form,
        button=pgettext("deed", "Publish"),
        gaps=[*missing_of(outcome), *model_admin.gaps(outcome)],
        shown=shown_of(outcome),
        seen=request.POST.get("seen") or last_change(outcome),
        back_url=change_url(outcome),
    )


def unpublish_page(model_admin: Any, request: HttpRequest, outcome: Outcome) -> HttpResponseBase:
    """Ask whether its documents go with it; then take it back."""
    _check(request, outcome, "unpublish")
    documents = own_documents(outcome)
    form = UnpublishForm(request.POST if request.method == "POST" else None) if documents else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with_documents = form is not None and form.cleaned_data["with_documents"]
        return _do(request, outcome, lambda: _unpublish(request, outcome, with_documents=with_documents))
    lines = [_("It disappears at once from its page, the results, search, feeds and the API.")]
    lines += _with_documents(documents, _("Its documents: %(names)s."))
    return ask(
        request,
        model_admin,
        _("Unpublish the outcomes of “%(event)s”") % {"event": outcome.event},
        lines=lines,
        form=form,
        button=pgettext("deed", "Unpublish"),
        tone="danger",
        back_url=change_url(outcome),
    )


def _check(request: HttpRequest, outcome: Outcome, name: str) -> None:
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    if request.method != "POST" and name not in {step.name for step in possible(outcome, request.user)}:
        raise Http404


def _do(request: HttpRequest, outcome: Outcome, do: Callable[[], str]) -> HttpResponseBase:
    try:
        messages.success(request, do())
    except REFUSALS as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": reason_of(error)})
    return HttpResponseRedirect(change_url(outcome))


def _publish(request: HttpRequest, outcome: Outcome, publish_at: Any) -> str:
    seen = request.POST.get("seen", "")
    with transaction.atomic():
        schedule(outcome, publish_at=publish_at, by=request.user)
        documents = publish_outcome(outcome, by=request.user, seen=int(seen) if seen.isdecimal() else None)
    done = _("Published: the outcomes of “%(event)s”.") % {"event": outcome.event}
    return f"{done} {_counted(len(documents))}" if documents else done


def _unpublish(request: HttpRequest, outcome: Outcome, *, with_documents: bool) -> str:
    unpublish_outcome(outcome, by=request.user, with_documents=with_documents)
    return _("Unpublished: the outcomes of “%(event)s” are no longer public.") % {"event": outcome.event}


def _counted(count: int) -> str:
    return ngettext("%(count)d document with it.", "%(count)d documents with it.", count) % {"count": count}


def _with_documents(documents: list[Document], line: str) -> list[str]:
    return [line % {"names": "; ".join(str(document) for document in documents)}] if documents else []
