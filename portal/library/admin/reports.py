"""The queue of reported errors."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from portal.core.admin.bulk import reason_of
from portal.core.admin.columns import subject_link
from portal.core.admin.pages import ask
from portal.core.admin.readonly import ReadOnlyAdmin
from portal.core.workflow import Conflict, TransitionRefused
from portal.library.enums import ReportStatus
from portal.library.models import RecordReport
from portal.library.services.handling import HANDLE, handle_report

OPEN_FIRST = Case(When(status=ReportStatus.OPEN, then=Value(0)), default=Value(1))
DEEDS = {
    ReportStatus.MENDED: (gettext_lazy("Mark as mended"), gettext_lazy("The record was corrected first.")),
    ReportStatus.DECLINED: (gettext_lazy("Nothing to mend"), gettext_lazy("The record is right as it stands.")),
}


class NoteForm(forms.Form):
    """What was done about it."""

    note = forms.CharField(
        label=gettext_lazy("What was done"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("It is kept with the report and in its history."),
    )


@admin.register(RecordReport)
class RecordReportAdmin(ReadOnlyAdmin):
    """Open reports first. The reporter's address is for those who handle reports."""

    list_display = ["short", "record", "tag", "created_at", "handled_by"]
    list_filter = ["status"]
    list_select_related = ["item", "handled_by"]
    search_fields = ["message", "item__texts__title"]
    change_form_outer_before_template = "admin/library/report_panel.html"
    history_actions: ClassVar[dict[str, Any]] = {
        ReportStatus.MENDED: gettext_lazy("mended"),
        ReportStatus.DECLINED: gettext_lazy("nothing to mend"),
    }

    class Media:
        css = {"all": ["admin/forums.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecordReport]:
        found = super().get_queryset(request).prefetch_related("item__texts")
        return found.order_by(OPEN_FIRST, "-created_at", "-pk")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [OPEN_FIRST, "-created_at", "-pk"]

    def get_fields(self, request: HttpRequest, obj: RecordReport | None = None) -> list[str]:
        shown = ["record", "message", "email", "language", "created_at", "status", "note", "handled_by", "handled_at"]
        return shown if request.user.has_perm(HANDLE) else [name for name in shown if name != "email"]

    def get_readonly_fields(self, request: HttpRequest, obj: RecordReport | None = None) -> list[str]:
        return ["record"]

    @display(description=gettext_lazy("what is wrong"))
    def short(self, report: RecordReport) -> str:
        return str(report)

    @display(
        description=gettext_lazy("state"),
        ordering="status",
        label={ReportStatus.OPEN: "warning", ReportStatus.MENDED: "success", ReportStatus.DECLINED: "info"},
    )
    def tag(self, report: RecordReport) -> tuple[str, str]:
        return report.status, report.get_status_display()

    @display(description=gettext_lazy("record"))
    def record(self, report: RecordReport) -> str:
        return subject_link(report.item)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.handle)
        return [path("<int:pk>/handle/<slug:name>/", view, name="library_recordreport_handle"), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        buttons = []
        if object_id and request.user.has_perm(HANDLE):
            report = self.get_object(request, object_id)
            buttons = [
                (title, reverse("admin:library_recordreport_handle", args=[report.pk, status]))
                for status, (title, _line) in DEEDS.items()
                if isinstance(report, RecordReport) and report.status == ReportStatus.OPEN
            ]
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "handling": buttons})

    def handle(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        """Ask what was done, then close the report."""
        report: Any = self.get_object(request, str(pk))
        if report is None or name not in DEEDS:
            raise Http404
        if not request.user.has_perm(HANDLE):
            raise PermissionDenied
        back = reverse("admin:library_recordreport_change", args=[pk])
        form = NoteForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                handle_report(report, status=name, by=request.user, **form.cleaned_data)
            except (TransitionRefused, Conflict) as error:
                messages.error(request, reason_of(error))
                return HttpResponseRedirect(back)
            messages.success(request, _("The report is closed."))
            return HttpResponseRedirect(reverse("admin:library_recordreport_changelist"))
        title, line = DEEDS[ReportStatus(name)]
        lines = [line, report.message]
        return ask(request, self, title, lines=lines, form=form, back_url=back)
