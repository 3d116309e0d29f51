"""The outbox: what was written, what became of it, and what an officer can do about it."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.paginator import InfinitePaginator

from portal.core.admin.base import run_each
from portal.core.admin.zones import zoned_column
from portal.mail.admin.columns import KindFilter, ScopeFilter, kind_column, scope_column
from portal.mail.admin.confirm import confirm_page
from portal.mail.admin.sign_in import PhoneReadingAdmin
from portal.mail.admin.steps import STEPS, Step, steps_for
from portal.mail.enums import HoldReason, MailState
from portal.mail.models import OutboxMessage
from portal.mail.registry import kind_title, scope_title
from portal.mail.services.phone import READ
from portal.mail.services.proofs import prove_message, text_to_copy
from portal.mail.workflow import MAY_CHANGE

MANY = 1000  # as many are handled while somebody waits


@admin.register(OutboxMessage)
class OutboxMessageAdmin(PhoneReadingAdmin):
    """Read only; what can be done is done by steps, each after a question. Call list: held, reason “call”."""

    list_filter = ["state", "hold_reason", KindFilter, ScopeFilter]
    search_fields = ["to_name", "to_email"]
    list_select_related = ["contact"]
    ordering = ["-pk"]
    paginator = InfinitePaginator  # the table grows for ever and is not counted
    show_full_result_count = False
    change_form_before_template = "admin/mail/message_steps.html"
    actions_detail = ["read_code"]
    history_actions = {step.code: step.label for step in STEPS} | {
        "drop": gettext_lazy("dropped, no longer needed"),
        "requeue": gettext_lazy("queued again"),
        "call_note": gettext_lazy("note on the call"),
        READ: gettext_lazy("code read to a caller"),
    }
    fieldsets = [
        (None, {"fields": ["kind_shown", "event_shown", "to_name", "to_email", "phone", "language_shown"]}),
        (gettext_lazy("What became of it"), {"fields": ["state", "hold_reason", "attempts", "last_error", "sent_at"]}),
        (gettext_lazy("The message"), {"fields": ["subject_shown", "text_shown", "files_shown"]}),
        (
            gettext_lazy("When"),
            {"fields": ["created_at", "created_by", "not_before", "keep_window", "priority", "public_id"]},
        ),
    ]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        written = zoned_column(OutboxMessage._meta.get_field("created_at"))
        return ["to_name", "to_email", "phone", kind_column, scope_column(), "state", "hold_reason", written]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The steps, for those who may handle messages."""
        if not request.user.has_perm(MAY_CHANGE):
            return {}
        return {step.code: (_action(step), step.code, step.label) for step in STEPS}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutboxMessage | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutboxMessage | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.step_view)
        return [
            path("<path:object_id>/step/<slug:code>/", view, name="mail_outboxmessage_step"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The message with its steps; with the text to copy when the person is to be called."""
        message = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if isinstance(message, OutboxMessage) and request.user.has_perm(MAY_CHANGE):
            to_call = message.state == MailState.HELD and message.hold_reason == HoldReason.CALL
            context = {"steps": steps_for(message), "call_text": text_to_copy(message) if to_call else ""}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def step_view(self, request: HttpRequest, object_id: str, code: str) -> HttpResponse:
        """One step with one message, after a question."""
        message = self.get_object(request, unquote(object_id))
        step = next((step for step in STEPS if step.code == code), None)
        if not isinstance(message, OutboxMessage) or step is None:
            raise Http404
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        back = reverse("admin:mail_outboxmessage_change", args=[message.pk])
        if request.method != "POST":
            return self._ask(request, step, [message], back)
        self._do(request, step, [message])
        return HttpResponseRedirect(back)

    def do_with_many(self, request: HttpRequest, queryset: QuerySet[OutboxMessage], step: Step) -> HttpResponse | None:
        """A step with the chosen messages: the question first, then each by itself, with a report."""
        if "confirmed" in request.POST:
            self._do(request, step, queryset)
            return None
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if request.POST.get("select_across") == "1":
            chosen = [str(pk) for pk in queryset.values_list("pk", flat=True)[:MANY]]
            if len(chosen) == MANY:
                messages.warning(request, _("Only the first %(count)d messages were taken.") % {"count": MANY})
        fields = [("action", step.code), *((ACTION_CHECKBOX_NAME, pk) for pk in chosen)]
        return self._ask(request, step, queryset.filter(pk__in=chosen), request.get_full_path(), fields)

    def _ask(
        self, request: HttpRequest, step: Step, about: Any, back: str, fields: list[tuple[str, str]] | None = None
    ) -> HttpResponse:
        labels = [_label(message) for message in about]
        note = _("Note (what was said, by which channel)") if step.asks_note else ""
        return confirm_page(
            self,
            request,
            title=step.label,
            question=step.question,
            button=step.label,
            back_url=back,
            labels=labels,
            fields=fields or [],
            note_label=note,
        )

    def _do(self, request: HttpRequest, step: Step, about: Any) -> None:
        note = request.POST.get("note", "").strip()
        run_each(request, about, lambda message: step.do(message, request.user, note), done=step.done)

    @admin.display(description=gettext_lazy("telephone"))
    def phone(self, obj: OutboxMessage) -> str:
        return obj.contact.phone if obj.contact else ""

    @admin.display(description=gettext_lazy("message"))
    def kind_shown(self, obj: OutboxMessage) -> str:
        return kind_title(obj.kind)

    @admin.display(description=gettext_lazy("language"))
    def language_shown(self, obj: OutboxMessage) -> str:
        return dict(settings.LANGUAGES).get(obj.language, obj.language)

    @admin.display(description=gettext_lazy("event"))
    def event_shown(self, obj: OutboxMessage) -> str:
        return scope_title(obj.scope) or "–"

    @admin.display(description=gettext_lazy("subject"))
    def subject_shown(self, obj: OutboxMessage) -> str:
        proof = prove_message(obj)
        return proof.fault or proof.subject

    @admin.display(description=gettext_lazy("text (links masked)"))
    def text_shown(self, obj: OutboxMessage) -> str:
        return linebreaksbr(prove_message(obj).text, autoescape=True)

    @admin.display(description=gettext_lazy("files"))
    def files_shown(self, obj: OutboxMessage) -> str:
        names = prove_message(obj).files or obj.attachments.values_list("file__name", flat=True)
        return ", ".join(names) or "–"


def _action(step: Step) -> Any:
    def action(model_admin: OutboxMessageAdmin, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return model_admin.do_with_many(request, queryset, step)

    return action


def _label(message: OutboxMessage) -> str:
    return f"{message.to_name or message.to_email} – {kind_title(message.kind)}"
