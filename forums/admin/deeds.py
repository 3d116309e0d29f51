"""Deeds on one or on many people of a list: a page that asks and says what happens, then a report."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from forums.admin.pages import admin_page
from forums.services.errors import Refused
from portal.core.admin.base import PortalModelAdmin
from portal.core.admin.bulk import run_each

NAMED = 200  # how many of those chosen the page names


class ReasonForm(forms.Form):
    """A reason that must be given."""

    reason = forms.CharField(
        label=_("Reason"), widget=UnfoldAdminTextareaWidget, help_text=_("It is kept in the history.")
    )


class MailedReasonForm(ReasonForm):
    """A reason that the person reads."""

    reason = forms.CharField(
        label=_("Reason"), widget=UnfoldAdminTextareaWidget, help_text=_("It goes into the message to the person.")
    )


class OptionalReasonForm(MailedReasonForm):
    """The same, when there is something to say."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=UnfoldAdminTextareaWidget,
        help_text=_("It goes into the message to the person. May stay empty."),
    )


def _always(_obj: Any) -> bool:
    return True


@dataclass(frozen=True)
class Deed:
    """Something an officer does to a person's invitation or registration.

    ``do(obj, by=user, **answers of the form)`` is a service; ``line`` says what follows; ``statuses``: those in which
    the button is offered, and ``fits(obj)`` says whether it makes a difference; ``done`` is a lazy plural with
    ``%(count)d``.
    """

    name: str
    title: Any
    line: Any
    do: Callable[..., Any]
    done: Any
    statuses: tuple[str, ...]
    form: type[forms.Form] | None = None
    danger: bool = False
    fits: Callable[[Any], bool] = _always


class DeedsMixin(PortalModelAdmin):
    """Offers the deeds of a list as actions on many, and as buttons of one."""

    deeds: ClassVar[tuple[Deed, ...]] = ()

    class Media:
        css = {"all": ["admin/forums.css"]}

    def get_actions(self, request: HttpRequest) -> Any:
        if not self.has_change_permission(request):
            return {}
        return {deed.name: (partial(_do_many, deed=deed), deed.name, deed.title) for deed in self.deeds}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.do_one)
        name = f"forums_{self.opts.model_name}_do"
        return [path("<int:pk>/do/<slug:name>/", view, name=name), *super().get_urls()]

    def buttons(self, obj: Any) -> list[tuple[Deed, str]]:
        """The deeds possible in the present status, each with the address of its page."""
        name = f"admin:forums_{self.opts.model_name}_do"
        return [(deed, reverse(name, args=[obj.pk, deed.name])) for deed in self.possible(obj)]

    def possible(self, obj: Any) -> list[Deed]:
        """The deeds that ``obj`` can be offered now."""
        return [deed for deed in self.deeds if obj.status in deed.statuses and deed.fits(obj)]

    def do_one(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        """One deed on one person."""
        obj = self.get_object(request, str(pk))
        deed = next((deed for deed in self.deeds if deed.name == name), None)
        if obj is None or deed is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        back = reverse(f"admin:forums_{self.opts.model_name}_change", args=[pk])
        answers = _ask(request, self, deed, [str(obj)], hidden=[], cancel_url=back)
        if isinstance(answers, HttpResponseBase):
            return answers
        _run(request, deed, [obj], answers)
        return HttpResponseRedirect(back)


def _do_many(
    model_admin: DeedsMixin, request: HttpRequest, queryset: models.QuerySet[Any], *, deed: Deed
) -> HttpResponseBase | None:
    hidden = [("action", deed.name), ("select_across", request.POST.get("select_across", "0")), ("index", "0")]
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    hidden += [(ACTION_CHECKBOX_NAME, pk) for pk in chosen]
    # First come, first served: whoever asked earlier is decided earlier.
    objects = list(queryset.order_by("created_at", "pk"))
    answers = _ask(
        request, model_admin, deed, [str(obj) for obj in objects], hidden=hidden, cancel_url=request.get_full_path()
    )
    if isinstance(answers, HttpResponseBase):
        return answers
    _run(request, deed, objects, answers)
    return None


def _run(request: HttpRequest, deed: Deed, objects: list[Any], answers: dict[str, Any]) -> None:
    run_each(
        request,
        objects,
        lambda obj: deed.do(obj, by=request.user, **answers),
        done=deed.done,
        refusals=(Refused,),
    )


def _ask(
    request: HttpRequest,
    model_admin: DeedsMixin,
    deed: Deed,
    names: list[str],
    *,
    hidden: list[tuple[str, str]],
    cancel_url: str,
) -> dict[str, Any] | HttpResponseBase:
    """The answers once the officer has confirmed, else the page that asks."""
    confirmed = request.method == "POST" and "confirmed" in request.POST
    form = deed.form(request.POST if confirmed else None) if deed.form else None
    if confirmed and (form is None or form.is_valid()):
        return dict(form.cleaned_data) if form else {}
    return admin_page(
        request,
        model_admin,
        "confirm.html",
        deed.title,
        consequences=[deed.line],
        names=names[:NAMED],
        count=len(names),
        hidden=hidden,
        form=form,
        button=deed.title,
        tone="danger" if deed.danger else "primary",
        cancel_url=cancel_url,
    )
