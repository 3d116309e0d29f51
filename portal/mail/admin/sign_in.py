"""Reading a code to a known caller, from the message it was sent with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from portal.core.admin.base import PortalModelAdmin
from portal.mail.admin.confirm import confirm_page
from portal.mail.emails import TITLES
from portal.mail.models import OutboxMessage
from portal.mail.services.phone import MAY_READ, CodeNotReadable, read_code_aloud, why_not_readable


class PhoneReadingAdmin(PortalModelAdmin):
    """For the outbox: a button on messages that carry a code. Add ``"read_code"`` to ``actions_detail``."""

    @action(description=gettext_lazy("Read the code to a caller"), url_path="read-code", permissions=["read_code"])
    def read_code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask first; the POST shows the code once and logs it."""
        message = get_object_or_404(OutboxMessage, pk=object_id)
        back = reverse("admin:mail_outboxmessage_change", args=[message.pk])
        try:
            if request.method == "POST":
                return self._show_code(request, message, read_code_aloud(message, by=request.user))
        except CodeNotReadable as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(back)
        reason = why_not_readable(message)
        if reason:
            messages.error(request, reason)
            return HttpResponseRedirect(back)
        return confirm_page(
            self,
            request,
            title=_("Read the code to a caller"),
            question=_(
                "Read the code only to {name}, and only if you know their voice or have called them on a number from "
                "the directory. The code is shown once, and that you read it is logged."
            ).format(name=message.to_name or message.to_email),
            button=_("I know the caller, show the code"),
            back_url=back,
        )

    def has_read_code_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Who may, on messages that carry a code."""
        if not request.user.has_perm(MAY_READ):
            return False
        return object_id is None or OutboxMessage.objects.filter(pk=object_id, kind__in=TITLES).exists()

    def _show_code(self, request: HttpRequest, message: OutboxMessage, code: str) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": OutboxMessage._meta,
            "title": _("Code for {name}").format(name=message.to_name or message.to_email),
            "code": code,
            "back_url": reverse("admin:mail_outboxmessage_change", args=[message.pk]),
        }
        return TemplateResponse(request, "admin/mail/code.html", context)
