"""Checks by a second person in the administration: to read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.core.admin.columns import subject_link
from portal.core.admin.readonly import ReadOnlyAdmin
from portal.core.models import Review


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Who checked what, and what they said."""

    list_display = ["record", "decision", "reviewer", "at"]
    list_filter = ["decision"]
    list_select_related = ["reviewer", "content_type"]
    search_fields = ["comments", "reviewer__name"]
    fields = ["record", "decision", "comments", "reviewer", "at"]
    readonly_fields = ["record"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).prefetch_related("subject")

    @display(description=_("record"))
    def record(self, review: Review) -> str:
        return subject_link(review.subject)
