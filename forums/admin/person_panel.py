"""What stands above the page of one person's invitation or registration: the deeds, and the personal link."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from forums.admin.deeds import DeedsMixin
from forums.admin.personal_link import PersonalLinkMixin


class PersonPanelMixin(DeedsMixin, PersonalLinkMixin):
    """Shows both to whoever may change the object."""

    change_form_outer_before_template = "admin/forums/person_panel.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id) if object_id else None
        context: dict[str, Any] = {"deeds": None}
        if obj and self.has_change_permission(request, obj):
            link = reverse(f"admin:forums_{self.opts.model_name}_link", args=[obj.pk])
            context = {"deeds": self.buttons(obj), "link_url": link}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **context})
