"""Jobs and stored files in the administration: to look up, not to edit."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.core.admin.readonly import ReadOnlyAdmin
from portal.core.files import closed_purposes
from portal.core.models import Job, StoredFile


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """The list of jobs; each leads to its own page. Who may not see all jobs sees their own."""

    list_display = ["what", "state", "progress", "created_by", "created_at", "finished_at"]
    list_display_links = None
    list_filter = ["state", "kind"]
    list_select_related = ["created_by"]
    search_fields = ["title"]
    fields = ["title", "kind", "state", "fault", "created_by", "created_at", "finished_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return Job.objects.visible_to(request.user)

    @admin.display(description=_("what"), ordering="title")
    def what(self, job: Job) -> SafeString:
        return format_html('<a href="{}">{}</a>', job.get_absolute_url(), job.title)

    @admin.display(description=_("why it stopped"))
    def fault(self, job: Job) -> str:
        return job.error

    @admin.display(description=_("rows done"))
    def progress(self, job: Job) -> str:
        return _("{done} of {total}").format(done=job.done, total=job.total)


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """What was uploaded. The content is opened where the file belongs, by who may."""

    list_display = ["name", "content_type", "size", "purpose", "uploaded_by", "uploaded_at"]
    list_filter = ["purpose", "content_type"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name"]
    fields = ["name", "content_type", "size", "sha256", "purpose", "uploaded_by", "uploaded_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoredFile]:
        """Without the files whose content is not for this reader: their names may be people's."""
        return super().get_queryset(request).exclude(purpose__in=closed_purposes(request))
