"""Pages of the administration beside Django's own: found event, checked permission, one frame."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from forums.models import Event
from portal.core.access import get_visible_or_404
from portal.core.times import format_days

EventView = Callable[..., HttpResponseBase]  # (request, event, model_admin, parts of the address)


def admin_page(
    request: HttpRequest, model_admin: ModelAdmin, template: str, title: Any, **context: Any
) -> TemplateResponse:
    """A page in the administration's frame; ``template`` lies in ``templates/admin/forums``."""
    request.current_app = model_admin.admin_site.name  # Django's way to tell templates
    return TemplateResponse(
        request,
        f"admin/forums/{template}",
        {**model_admin.admin_site.each_context(request), "title": title, "opts": model_admin.opts, **context},
    )


def event_page(*permissions: str) -> Callable[[EventView], EventView]:
    """Decorator of a view ``(request, event, model_admin)``: asks for the permissions, then finds the event."""

    def decorate(view: EventView) -> EventView:
        @wraps(view)
        def page(request: HttpRequest, pk: int, *, model_admin: ModelAdmin, **parts: Any) -> HttpResponseBase:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            event = get_visible_or_404(Event.objects.select_related("country"), request.user, pk=pk)
            return view(request, event, model_admin, **parts)

        return page

    return decorate


def day_of(instant: datetime | None) -> str:
    """The day of an instant in the officer's zone, short enough for a column; the page of the object has it whole."""
    return format_days(timezone.localtime(instant).date(), None, "day") if instant else ""


def event_url(event: Event) -> str:
    """Where an officer works on this event."""
    return reverse("admin:forums_event_change", args=[event.pk])


def object_link(obj: Any, label: Any = "") -> str:
    """A link to the page of ``obj`` in the administration, in its own words or in those of ``label``."""
    url = reverse(f"admin:{obj._meta.label_lower.replace('.', '_')}_change", args=[obj.pk])
    return format_html('<a class="desk-link" href="{}">{}</a>', url, label or obj)
