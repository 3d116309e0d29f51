"""Inviting the people of a spreadsheet: its rows are looked at one by one before anything is taken over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Count, Value, When
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from forums.admin.invite import PAGE
from forums.admin.invite_form import TAKEN_OVER, ChooseForm
from forums.admin.pages import admin_page, event_page
from forums.admin.upload_form import UploadForm
from forums.models import Event
from portal.core.access import get_visible_or_404
from portal.core.admin.bulk import reason_of
from portal.core.models import Job, JobRow
from portal.core.models.jobs import JobState, RowState
from portal.core.sheets import SheetError
from portal.core.workflow import Conflict, TransitionRefused
from portal.directory.models import Contact
from portal.directory.services.imports import confirm_import, decide_row, plan_import
from portal.directory.services.imports.running import KIND as IMPORT

BAD_FIRST = Case(
    When(state=RowState.UNDECIDED, then=Value(0)),
    When(state=RowState.REFUSED, then=Value(1)),
    When(state=RowState.SKIPPED, then=Value(2)),
    default=Value(3),
)


@event_page("forums.add_invitation", "directory.add_contact")
def upload(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """Read the sheet into a plan. Nothing is taken over yet."""
    form = UploadForm(request.POST or None, request.FILES or None, event=event, prefix="upload")
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = plan_import(file, by=request.user, name=file.name)
        except SheetError as error:
            form.add_error("file", str(error))
        else:
            return HttpResponseRedirect(_rows_url(event, job, form.options()))
    return admin_page(
        request,
        model_admin,
        "invite_choose.html",
        _("Invite people: %(event)s") % {"event": event},
        event=event,
        form=ChooseForm(event=event, user=request.user),
        upload=form,
    )


@event_page("forums.add_invitation", "directory.add_contact")
def rows(request: HttpRequest, event: Event, model_admin: ModelAdmin, job: str) -> HttpResponseBase:
    """What will become, or became, of each row; decisions about possible duplicates; then the taking over."""
    found = get_visible_or_404(Job.objects, request.user, public_id=job, kind=IMPORT)
    if request.method == "POST":
        _keep_decisions(request, found)
        if "confirmed" in request.POST:
            _confirm(request, found)
        return HttpResponseRedirect(request.get_full_path())
    page = Paginator(found.rows.order_by(BAD_FIRST, "number"), PAGE).get_page(request.GET.get("page"))
    options = {name: request.GET[name] for name in ("category", "is_locked", "keep_window") if name in request.GET}
    look = reverse("admin:forums_event_invite_look", args=[event.pk])
    return admin_page(
        request,
        model_admin,
        "invite_rows.html",
        _("The list you uploaded: %(event)s") % {"event": event},
        event=event,
        job=found,
        page=page,
        rows=_with_choices(list(page.object_list), can_decide=found.state == JobState.DRAFT),
        counts=_counts(found),
        undecided=found.rows.filter(state=RowState.UNDECIDED).count(),
        taken_over=found.rows.filter(state__in=TAKEN_OVER).count(),
        waits=found.state in (JobState.QUEUED, JobState.RUNNING),
        next_url=f"{look}?{urlencode({**options, 'job': found.public_id})}",
    )


def _counts(job: Job) -> list[tuple[Any, int]]:
    found = job.rows.order_by().values_list("state").annotate(n=Count("pk"))
    return [(RowState(state).label, count) for state, count in found]


def _with_choices(rows: list[JobRow], *, can_decide: bool) -> list[tuple[JobRow, list[tuple[str, str]]]]:
    """Each row with the answers an officer may give about it."""
    pks = {pk for row in rows for pk in row.data.get("candidates", [])}
    people = Contact.objects.select_related("organisation").in_bulk(pks)
    return [(row, _choices(row, people) if can_decide else []) for row in rows]


def _choices(row: JobRow, people: dict[int, Contact]) -> list[tuple[str, str]]:
    candidates = [people[pk] for pk in row.data.get("candidates", []) if pk in people]
    twin = row.data.get("twin")
    if not candidates and not twin:
        return []
    same = [
        (
            str(contact.pk),
            _("the same person as %(who)s")
            % {"who": ", ".join(str(part) for part in (contact, contact.organisation, contact.email) if part)},
        )
        for contact in candidates
    ]
    also = [("twin", _("the same person as in row %(number)d") % {"number": twin})] if twin else []
    return [*same, *also, ("new", _("somebody new")), ("skip", _("leave this row out"))]


def _keep_decisions(request: HttpRequest, job: Job) -> None:
    wanted = {name.removeprefix("row-"): request.POST[name] for name in request.POST if name.startswith("row-")}
    wanted = {number: answer for number, answer in wanted.items() if answer and number.isdecimal()}
    for row in job.rows.filter(number__in=wanted):
        try:
            decide_row(row, wanted[str(row.number)], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))


def _confirm(request: HttpRequest, job: Job) -> None:
    try:
        confirm_import(job, by=request.user)
    except (ValidationError, TransitionRefused, Conflict) as error:
        messages.error(request, reason_of(error))


def _rows_url(event: Event, job: Job, options: dict[str, Any]) -> str:
    return f"{reverse('admin:forums_event_upload_rows', args=[event.pk, job.public_id])}?{urlencode(options)}"


URLS = (
    ("<int:pk>/invite/upload/", "forums_event_upload", upload),
    ("<int:pk>/invite/upload/<slug:job>/", "forums_event_upload_rows", rows),
)
