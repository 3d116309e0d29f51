"""A person's own link, shown to an officer who hands it on by messenger or telephone. Each showing is logged."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _

from forums.admin.pages import admin_page
from forums.admin.public_link import qr_pictures
from forums.emails import personal_url, registration_recipients
from forums.enums import InvitationStatus
from forums.models import Invitation, Registration
from portal.core.admin.base import PortalModelAdmin
from portal.core.audit import log
from portal.mail.registry import Recipient
from portal.mail.services.render import preview


class PersonalLinkMixin(PortalModelAdmin):
    """Adds the page with the link, its text and its QR code. It is asked for by a button, so that no prefetch logs."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.show_link)
        name = f"forums_{self.opts.model_name}_link"
        return [path("<int:pk>/link/", view, name=name), *super().get_urls()]

    def show_link(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The button, and after it the link."""
        obj: Any = self.get_object(request, str(pk))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        context: dict[str, Any] = {"obj": obj, "back": "../change/"}
        if request.method == "POST" and not _is_dead(obj):
            log(obj, "link_shown", by=request.user)
            context |= message_of(obj)
        context["is_dead"] = _is_dead(obj)
        response = admin_page(
            request, self, "personal_link.html", _("Personal link: %(person)s") % {"person": obj}, **context
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def message_of(obj: Invitation | Registration) -> dict[str, Any]:
    """The whole message as plain text in the person's language, its link, and the link's QR code."""
    if isinstance(obj, Invitation):
        to, kind = Recipient.from_contact(obj.contact), "forums.invitation"
    else:
        to, kind = registration_recipients(obj)[0], "forums.registration_link"
    rendered = preview(kind, obj, to, scope=obj.event.scope)
    with translation.override(to.language):
        url = personal_url(obj)
    return {"text": rendered.text, "url": url, "qr": qr_pictures(url)}


def _is_dead(obj: Invitation | Registration) -> bool:
    return isinstance(obj, Invitation) and obj.status == InvitationStatus.WITHDRAWN
