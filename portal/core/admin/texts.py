"""Text versions and consents in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.core.admin.base import TranslatedModelAdmin, run_each
from portal.core.admin.readonly import ReadOnlyAdmin
from portal.core.models import Consent, TextVersion
from portal.core.texts import release_text


@admin.register(TextVersion)
class TextVersionAdmin(TranslatedModelAdmin):
    """A version is written, then released; from then on it can only be read."""

    list_display = ["code", "version", "title", "released_at"]
    list_filter = ["code"]
    search_fields = ["code", "version", "title_en", "title_zh_hans"]
    fields = ["code", "version", "title", "body", "released_at"]
    readonly_fields = ["released_at"]
    actions = ["release"]
    history_actions = {"release": _("Released")}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.released_at is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Object by object: the bulk action cannot tell the released ones apart."""
        return obj is not None and obj.released_at is None and super().has_delete_permission(request, obj)

    @admin.action(description=_("Release …"), permissions=["change"])
    def release(self, request: HttpRequest, queryset: QuerySet[TextVersion]) -> HttpResponse | None:
        """Asks first: a released version cannot be changed or taken back."""
        if "confirmed" not in request.POST:
            context = {**self.admin_site.each_context(request), "title": _("Release these texts?"), "texts": queryset}
            return TemplateResponse(request, "core/release_texts.html", context)
        run_each(
            request,
            queryset,
            lambda text: release_text(text, by=request.user),
            done=ngettext_lazy("%(count)d text released.", "%(count)d texts released.", "count"),
        )
        return None


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """Who agreed to what, under which words, and when."""

    list_display = ["purpose", "given", "text_version", "given_by", "at"]
    list_filter = ["purpose", "given"]
    list_select_related = ["text_version"]
    fields = ["content_type", "object_id", "purpose", "given", "text_version", "given_by", "at"]
