"""The page on which two records become one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.directory.services.merge import MergeRefused

PAIR = 2


class MergeMixin:
    """For an admin: an action on two chosen rows, and the page that shows both, asks which to keep, and confirms."""

    merge: Callable[..., list[str]]
    merge_shown: Sequence[str]
    model: type[Model]
    opts: Any
    admin_site: admin.AdminSite

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_page)
        own = [path("merge/<key:first>/<key:second>/", page, name=self._merge_name())]
        return own + super().get_urls()  # type: ignore[misc]  # the admin's own

    @admin.action(description=gettext_lazy("Merge two into one …"), permissions=["change"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        pks = list(queryset.order_by("pk").values_list("pk", flat=True)[: PAIR + 1])
        if len(pks) != PAIR:
            messages.warning(request, _("Choose exactly two rows to merge."))
            return None
        return HttpResponseRedirect(reverse(f"admin:{self._merge_name()}", args=pks))

    def merge_page(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        """GET shows both; POST merges into the one chosen. A refusal is shown with every conflict."""
        if not self.has_change_permission(request):  # type: ignore[attr-defined]  # the admin's own
            raise PermissionDenied
        pair = self.model._default_manager.in_bulk([first, second])
        if len(pair) != PAIR:
            raise Http404
        conflicts: list[str] = []
        if request.method == "POST":
            keep = pair[second] if request.POST.get("keep") == str(second) else pair[first]
            other = pair[second] if keep.pk == first else pair[first]
            label = str(other)
            try:
                type(self).merge(keep, other, by=request.user)
            except MergeRefused as refused:
                conflicts = refused.conflicts
            else:
                messages.success(request, _("{other} was merged into {keep}.").format(other=label, keep=keep))
                return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[keep.pk]))
        return TemplateResponse(
            request, "directory/merge.html", self._context(request, pair[first], pair[second], conflicts)
        )

    def _context(self, request: HttpRequest, first: Any, second: Any, conflicts: list[str]) -> dict[str, Any]:
        rows = [
            (capfirst(str(self.opts.get_field(name).verbose_name)), _shown(first, name), _shown(second, name))
            for name in self.merge_shown
        ]
        return {
            **self.admin_site.each_context(request),
            "title": _("Merge two into one"),
            "opts": self.opts,
            "first": first,
            "second": second,
            "rows": [row for row in rows if row[1] or row[2]],
            "conflicts": conflicts,
            "back_url": reverse(f"admin:{self._name('changelist')}"),
        }

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _merge_name(self) -> str:
        return self._name("merge")


def _shown(obj: Model, name: str) -> str:
    display = getattr(obj, f"get_{name}_display", None)
    value = display() if display else getattr(obj, name)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
