"""What the administration of every published thing has: its status, the steps of its workflow, its preview link."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import BaseModelForm, ModelForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from modeltranslation.utils import build_localized_fieldname
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from portal.core.admin.base import TranslatedModelAdmin, run_each
from portal.core.admin.pages import ask
from portal.library.admin.panel import make_panel, shown_instant
from portal.library.admin.step_page import preview_page, step_page
from portal.library.admin.steps import ACTIONS
from portal.library.enums import PublishingStatus
from portal.library.models import Publishable
from portal.library.services import publishing
from portal.library.services.gaps import gaps_of, translated_fields
from portal.library.workflow import EDIT_TEXTS, PUBLISH, SUBMIT

ORIGIN = ("source", "source_grade", "is_demo")  # the fields with which every record says where it comes from
NAMED = 200  # how many of those chosen the page names
TONES = {
    PublishingStatus.DRAFT: "warning",
    PublishingStatus.IN_REVIEW: "info",
    PublishingStatus.APPROVED: "primary",
    PublishingStatus.PUBLISHED: "success",
    PublishingStatus.UNPUBLISHED: "danger",
}


@dataclass(frozen=True)
class Many:
    """A step on many of a list."""

    name: str
    title: Any
    permission: str
    do: Callable[..., Any]
    done: Any


MANY = (
    Many(
        "submit_many",
        _("Submit for review"),
        SUBMIT,
        publishing.submit,
        ngettext_lazy("%(count)d submitted for review.", "%(count)d submitted for review.", "count"),
    ),
    Many(
        "publish_many",
        _("Publish"),
        PUBLISH,
        publishing.publish,
        ngettext_lazy("%(count)d published.", "%(count)d published.", "count"),
    ),
)


class PublishableAdmin(TranslatedModelAdmin):
    """For models that are ``Publishable``. A subclass names ``tag`` in its list and overrides ``gaps`` for more.

    The panel above the form shows where the thing stands and leads to the steps; ``save_related`` tells the service
    that the words changed, in the transaction and after the rows below.
    """

    change_form_outer_before_template = "admin/library/panel.html"
    history_actions: ClassVar[dict[str, str | Promise]] = dict(ACTIONS)
    list_filter: ClassVar[Any] = ["status"]
    formfield_overrides: ClassVar[Any] = {models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 4})}}

    class Media:
        css = {"all": ["admin/forums.css"]}
        js = ["admin/copy.js"]

    def gaps(self, obj: Any) -> list[str]:
        """What ``obj`` lacks for the public, one sentence each."""
        return gaps_of(obj)

    # --- the list ---

    @display(description=_("status"), ordering="status", label=TONES)
    def tag(self, obj: Publishable) -> tuple[str, str]:
        return obj.status, obj.get_status_display()

    @display(description=_("public from"), ordering="publish_at")
    def public_since(self, obj: Publishable) -> str | None:
        begins = publishing.public_from(obj)
        return shown_instant(begins) if begins else None

    def get_actions(self, request: HttpRequest) -> Any:
        """No deleting of many: each deletion is looked at."""
        return {
            many.name: (partial(_do_many, many=many), many.name, many.title)
            for many in MANY
            if request.user.has_perm(many.permission)
        }

    # --- who may do what ---

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is published is changed only by who may publish; translators change the texts of the rest."""
        allowed = super().has_change_permission(request, obj) or request.user.has_perm(EDIT_TEXTS)
        return allowed and (not _is_out(obj) or request.user.has_perm(PUBLISH))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is published is unpublished first."""
        return super().has_delete_permission(request, obj) and not _is_out(obj)

    def edits_all(self, request: HttpRequest) -> bool:
        """Whether the reader may change more than texts."""
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """A link to the page where there is one: drafts have their preview."""
        return super().get_view_on_site_url(obj) if obj is not None and publishing.is_public(obj) else None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.edits_all(request) or not self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        names = translated_fields(self.model)
        columns = [build_localized_fieldname(name, code) for name in names for code, _language in settings.LANGUAGES]
        return [(None, {"fields": columns})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if not self.edits_all(request):
            kwargs["form"] = ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Addresses are proposed for new records alone."""
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    # --- saving ---

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model | None:
        """While a form is being saved the row is held, so that nobody approves words that change in that moment."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block and object_id.isdecimal():
            list(self.model._default_manager.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def save_related(self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            publishing.content_saved(form.instance, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        publishing.discard(obj)

    # --- pages ---

    def get_urls(self) -> list[URLPattern]:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap: Callable[..., Any] = self.admin_site.admin_view
        return [
            path("<int:pk>/publishing/<slug:name>/", wrap(self.step_view), name=f"{prefix}_publishing"),
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{prefix}_preview"),
            *super().get_urls(),
        ]

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        """One step of publishing: asked on GET, taken on POST."""
        return step_page(self, request, self._found(request, pk), name)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The link for guests, and the button that ends those that were given out."""
        obj = self._found(request, pk)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return preview_page(self, request, obj)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj: Any = self.get_object(request, object_id) if object_id else None
        panel = make_panel(obj, request.user) if obj and self.has_view_permission(request, obj) else None
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "publishing": panel})

    def _found(self, request: HttpRequest, pk: int) -> Any:
        obj = self.get_object(request, str(pk))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj


def _is_out(obj: Publishable | None) -> bool:
    return obj is not None and obj.status == PublishingStatus.PUBLISHED


def _do_many(
    model_admin: PublishableAdmin, request: HttpRequest, queryset: Any, *, many: Many
) -> HttpResponseBase | None:
    """The step on each of the chosen, after a question that says what each lacks."""
    things = list(queryset)
    if "confirmed" in request.POST:
        do = partial(many.do, by=request.user)
        run_each(request, things, do, done=many.done, refusals=(publishing.NotChecked,))
        return None
    hidden = [("action", many.name), ("select_across", request.POST.get("select_across", "0")), ("index", "0")]
    hidden += [(ACTION_CHECKBOX_NAME, pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)]
    return ask(
        request,
        model_admin,
        many.title,
        lines=[_("Whatever cannot be done is left as it is and named afterwards with the reason.")],
        things=[(str(obj), model_admin.gaps(obj)) for obj in things[:NAMED]],
        count=len(things),
        hidden=hidden,
        back_url=request.get_full_path(),
    )
