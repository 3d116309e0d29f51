"""The pages of an import: upload, preview with decisions, confirm. The rest is the page of the job."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from portal.core.access import get_visible_or_404
from portal.core.models import Job
from portal.core.models.jobs import JobState, RowState
from portal.core.sheets import SheetError
from portal.core.workflow import Conflict, TransitionRefused
from portal.directory.forms import ImportForm
from portal.directory.models import Contact
from portal.directory.services.imports import confirm_import, decide_row, plan_import

ROWS_PER_PAGE = 50
PLANS = {RowState.CREATED: gettext_lazy("will be made"), RowState.UPDATED: gettext_lazy("will be changed")}


class ImportMixin:
    """For the admin of contacts: the button, and the two pages behind it."""

    opts: Any
    admin_site: admin.AdminSite
    actions_list = ("import_contacts",)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.import_preview)
        own = [path("import/<slug:public_id>/", page, name="directory_contact_import_preview")]
        return own + super().get_urls()  # type: ignore[misc]  # the admin's own

    @action(
        description=gettext_lazy("Import contacts"), url_path="import", permissions=["add", "change"], icon="upload"
    )
    def import_contacts(self, request: HttpRequest) -> HttpResponse:
        """GET asks for the file; POST reads and validates all of it and goes on to the preview. Nothing is imported."""
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_bound and form.is_valid():
            file = form.cleaned_data["file"]
            back = reverse("admin:directory_contact_changelist")
            try:
                job = plan_import(file, by=request.user, name=file.name, back_url=back)
            except SheetError as error:
                form.add_error("file", str(error))
            else:
                return HttpResponseRedirect(_preview_url(job))
        context = self._page(request, _("Import contacts")) | {"form": form}
        return TemplateResponse(request, "directory/import.html", context, status=422 if form.errors else 200)

    def import_preview(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """GET shows what will become of each row; POST keeps the decisions of the page, and confirms when asked to."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):  # type: ignore[attr-defined]
            raise PermissionDenied
        job = get_visible_or_404(Job.objects.all(), request.user, public_id=public_id, kind="import_contacts")
        if job.state != JobState.DRAFT:
            return HttpResponseRedirect(job.get_absolute_url())
        if request.method == "POST":
            return self._post(request, job)
        counts = dict(job.rows.order_by().values_list("state").annotate(Count("pk")))
        state = request.GET.get("state", "")
        rows = job.rows.filter(state=state) if state in RowState.values else job.rows.all()
        page = Paginator(rows.order_by("number"), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        context = self._page(request, job.title) | {
            "job": job,
            "page": page,
            "rows": _shown_rows(list(page.object_list)),
            "chosen": state,
            "states": [(value, _state_label(value), counts[value]) for value in RowState.values if value in counts],
            "undecided": counts.get(RowState.UNDECIDED, 0),
            "refused": counts.get(RowState.REFUSED, 0),
            "to_do": counts.get(RowState.WAITING, 0),
        }
        return TemplateResponse(request, "directory/import_preview.html", context)

    def _post(self, request: HttpRequest, job: Job) -> HttpResponse:
        answers = {
            int(name[4:]): str(value)
            for name, value in request.POST.items()
            if name.startswith("row-") and name[4:].isdigit() and value
        }
        try:
            for row in job.rows.filter(pk__in=answers):
                if row.data.get("decision") != answers[row.pk]:
                    decide_row(row, answers[row.pk], by=request.user)
            if "confirm" in request.POST:
                confirm_import(job, by=request.user)
                return HttpResponseRedirect(job.get_absolute_url())
        except (ValidationError, Conflict, TransitionRefused) as error:
            text = (
                " ".join(error.messages) if isinstance(error, ValidationError) else _("This import has begun already.")
            )
            messages.warning(request, text)
        else:
            messages.success(request, _("Your decisions are kept. Confirm when every row is decided."))
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{_preview_url(job)}?{query}" if query else _preview_url(job))

    def _page(self, request: HttpRequest, title: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


def _preview_url(job: Job) -> str:
    return reverse("admin:directory_contact_import_preview", args=[job.public_id])


def _state_label(value: str) -> Any:
    return _("to be taken over") if value == RowState.WAITING else RowState(value).label


def _shown_rows(rows: list[Any]) -> list[dict[str, Any]]:
    """The rows of a page with their plan in words and the people to decide between, in one query."""
    keys = {pk for row in rows for pk in row.data["candidates"]}
    people = Contact.objects.select_related("organisation", "country").in_bulk(keys)
    return [
        {
            "row": row,
            "number": row.data["number"],
            "plan": PLANS[row.data["plan"]] if row.state == RowState.WAITING else row.get_state_display(),
            "values": row.data["values"],
            "people": [people[pk] for pk in row.data["candidates"] if pk in people],
            "twin": row.data["twin"],
            "decision": row.data.get("decision", ""),
            "is_asked": bool(row.data["candidates"] or row.data["twin"]),
        }
        for row in rows
    ]
