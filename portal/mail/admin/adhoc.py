"""Messages to many: written, previewed for anybody in the audience, counted, confirmed."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin.base import PortalModelAdmin
from portal.core.admin.bulk import reason_of
from portal.core.workflow import Conflict, TransitionRefused
from portal.mail.admin.columns import ScopeFilter, scope_column
from portal.mail.enums import AdHocState
from portal.mail.forms import OPEN_FROM_EVENT, AdHocForm
from portal.mail.models import AdHocMessage
from portal.mail.registry import audiences, get_audience, scope_exists, scope_title
from portal.mail.services.adhoc import PLACEHOLDERS, send_adhoc
from portal.mail.services.proofs import prove_adhoc

MAY_SEND = "mail.change_adhocmessage"
CHOICES_SHOWN = 300
NEXT_STEP = gettext_lazy(
    "“Save” leads on to the page where you see who gets the message and read it as one of them does. "
    "It is sent only there."
)


@admin.register(AdHocMessage)
class AdHocMessageAdmin(PortalModelAdmin):
    """Begun from an event (``?scope=event:12``). A message that was sent is not changed any more."""

    form = AdHocForm
    fields = ["scope", "audience", "subject_en", "body_en", "subject_zh", "body_zh", "attachments", "keep_window"]
    list_filter = [ScopeFilter, "state"]
    change_form_before_template = "admin/mail/template_words.html"
    history_actions = {"send": gettext_lazy("handed to the outbox")}

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["subject_en", scope_column(), "audience_shown", "state", "created_at", "sent_at"]

    @admin.display(description=gettext_lazy("to whom"), ordering="audience")
    def audience_shown(self, obj: AdHocMessage) -> str:
        return next((str(one.title) for one in audiences() if one.code == obj.audience), obj.audience)

    def has_change_permission(self, request: HttpRequest, obj: AdHocMessage | None = None) -> bool:
        is_over = obj is not None and obj.state != AdHocState.DRAFT
        return not is_over and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: AdHocMessage | None = None) -> bool:
        """What was sent is kept: the messages in the outbox take their text from it."""
        is_draft = obj is not None and obj.state == AdHocState.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: AdHocMessage, form: ModelForm, change: bool) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if object_id is None and not scope_exists(request.POST.get("scope") or request.GET.get("scope", "")):
            messages.warning(request, OPEN_FROM_EVENT)
            return HttpResponseRedirect(reverse("admin:mail_adhocmessage_changelist"))
        context = {"words": PLACEHOLDERS.items(), "show_save_and_add_another": False, "next_step": NEXT_STEP}
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def response_add(self, request: HttpRequest, obj: AdHocMessage, post_url_continue: Any = None) -> HttpResponse:
        """On to the preview: nothing has been sent yet."""
        return self._on(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: AdHocMessage) -> HttpResponse:
        return self._on(request, obj) or super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.send_view)
        return [path("<path:object_id>/send/", view, name="mail_adhocmessage_send"), *super().get_urls()]

    def send_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET: the count, and the preview for a chosen person. POST: hand it to the outbox and go to the job."""
        message = self.get_object(request, unquote(object_id))
        if not isinstance(message, AdHocMessage):
            raise Http404
        if not request.user.has_perm(MAY_SEND):
            raise PermissionDenied
        if request.method == "POST":
            return self._send(request, message)
        people = [to for _obj, to in get_audience(message.audience).members(message.scope)]
        key = request.GET.get("person") or (people[0].key if people else "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Check and send"),
            "subtitle": scope_title(message.scope),
            "message": message,
            "audience": get_audience(message.audience).title,
            "count": len(people),
            "people": people[:CHOICES_SHOWN],
            "person": key,
            "languages": settings.LANGUAGES,
            "language": request.GET.get("language", ""),
            "proof": prove_adhoc(message, key, request.GET.get("language", "")) if people else None,
            "is_draft": message.state == AdHocState.DRAFT,
        }
        return TemplateResponse(request, "admin/mail/send_adhoc.html", context)

    def _send(self, request: HttpRequest, message: AdHocMessage) -> HttpResponse:
        try:
            job = send_adhoc(message, by=request.user)
        except (ValidationError, TransitionRefused, Conflict) as error:
            messages.error(request, reason_of(error))
            return HttpResponseRedirect(reverse("admin:mail_adhocmessage_send", args=[message.pk]))
        return HttpResponseRedirect(reverse("core:job", args=[job.public_id]))

    def _on(self, request: HttpRequest, obj: AdHocMessage) -> HttpResponse | None:
        if "_continue" in request.POST or not request.user.has_perm(MAY_SEND):
            return None
        return HttpResponseRedirect(reverse("admin:mail_adhocmessage_send", args=[obj.pk]))
