"""The page of a job: how far it is, what became of each row, and how to stop it. Staff only, by ``admin_view``."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.access import get_visible_or_404
from portal.core.jobs import cancel_job, confirm_job
from portal.core.models import Job
from portal.core.models.jobs import JobState, RowState
from portal.core.sheets import sheet_response
from portal.core.times import format_instant
from portal.core.workflow import Conflict, TransitionRefused

ROWS_PER_PAGE = 50


@require_safe
def job_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Progress, the rows by what became of them (``?state=``), and the buttons that fit the job's state."""
    job = _job(request, public_id)
    state = request.GET.get("state", "")
    rows = job.rows.filter(state=state) if state in RowState.values else job.rows.all()
    return render(
        request,
        "core/job.html",
        {
            **admin.site.each_context(request),
            **_progress(job),
            "title": job.title,
            "subtitle": job.get_state_display(),
            "chosen": state,
            "page": Paginator(rows.order_by("number"), ROWS_PER_PAGE).get_page(request.GET.get("page")),
            "begun": _instant(job.created_at),
            "finished": _instant(job.finished_at) if job.finished_at else "",
            "is_draft": job.state == JobState.DRAFT,
        },
    )


@require_safe
def job_progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The progress alone, for the page to ask again and again; when the job is over it has the page loaded anew."""
    job = _job(request, public_id)
    response = render(request, "core/_job_progress.html", _progress(job))
    if job.is_over:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def job_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a job begin that waits for the word."""
    return _act(request, public_id, confirm_job, _("The work has begun."))


@require_POST
def job_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop a job after the row it is at."""
    return _act(request, public_id, cancel_job, _("The work was stopped. What is done stays done."))


@require_safe
def job_refused(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The refused rows with their reasons as a workbook, in the columns that the job names in its params."""
    job = _job(request, public_id)
    if not job.rows.filter(state=RowState.REFUSED).exclude(reason="").exists():
        messages.warning(request, _("The refused rows are no longer there: rows are kept for 30 days."))
        return HttpResponseRedirect(job.get_absolute_url())
    columns = [(f"data.{key}", heading) for key, heading in job.params.get("columns", [])] or [("label", _("What"))]
    return sheet_response(
        f"refused-{job.public_id}",
        "xlsx",
        [("number", _("Row")), *columns, ("reason", _("Reason"))],
        _refused(job),
    )


def _job(request: HttpRequest, public_id: str) -> Job:
    jobs = Job.objects.select_related("created_by", "result")
    return get_visible_or_404(jobs, request.user, public_id=public_id)


def _act(request: HttpRequest, public_id: str, action: Any, told: str) -> HttpResponse:
    job = _job(request, public_id)
    try:
        action(job, by=request.user)
    except (Conflict, TransitionRefused):
        messages.warning(request, _("Nothing was done: the job has moved on. Its present state is shown below."))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(job.get_absolute_url())


def _progress(job: Job) -> dict[str, Any]:
    counts = dict(job.rows.order_by().values_list("state").annotate(Count("pk")))
    states = [(state.value, state.label, counts[state]) for state in RowState if state in counts]
    return {"job": job, "states": states, "refused": counts.get(RowState.REFUSED, 0)}


def _refused(job: Job) -> Iterator[dict[str, Any]]:
    for row in job.rows.filter(state=RowState.REFUSED).order_by("number").iterator():
        values = row.data.get("values", row.data)
        data = {f"data.{key}": value for key, value in values.items()}
        yield {"number": row.number, "label": row.label, "reason": row.reason, **data}


def _instant(at: Any) -> str:
    return format_instant(at, timezone.get_current_timezone_name())
