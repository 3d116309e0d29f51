"""Wording of messages: the house's, and an event's own."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin.base import PortalModelAdmin
from portal.core.audit import log
from portal.mail.admin.columns import KindFilter, ScopeFilter, kind_column, scope_column
from portal.mail.admin.confirm import confirm_page
from portal.mail.forms import TemplateForm, text_field_names
from portal.mail.models import MessageTemplate
from portal.mail.registry import default_texts, get_kind, kind_title, kinds, scope_desk, scope_exists, scope_title
from portal.mail.services.proofs import Proof, prove_wording
from portal.mail.services.templates import make_own_wording, reset_wording, save_texts

CHANGE_TEXTS, CHANGE_TEMPLATE = "mail.change_messagetext", "mail.change_messagetemplate"


@admin.register(MessageTemplate)
class MessageTemplateAdmin(PortalModelAdmin):
    """Subject and text in every language, the placeholders beside them, and a live preview.

    Rows are made by ``load_default_texts`` and by “make own wording”, never by hand; going back is “reset”.
    """

    form = TemplateForm
    list_filter = [KindFilter, ScopeFilter]
    change_form_before_template = "admin/mail/template_words.html"
    change_form_after_template = "admin/mail/template_preview.html"
    history_actions = {
        "own_wording": gettext_lazy("own wording made"),
        "reset": gettext_lazy("reset"),
        "texts": gettext_lazy("texts changed"),
    }

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [kind_column, scope_column(), "languages", "hold_for_release"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MessageTemplate]:
        return super().get_queryset(request).prefetch_related("texts")

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, obj: MessageTemplate) -> str:
        return ", ".join(text.get_language_display() for text in obj.texts.all())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MessageTemplate | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MessageTemplate | None = None) -> bool:
        """Translators change texts, not the rule of release."""
        return bool(request.user.has_perm(CHANGE_TEMPLATE) or request.user.has_perm(CHANGE_TEXTS))

    def get_readonly_fields(self, request: HttpRequest, obj: MessageTemplate | None = None) -> list[str]:
        return [] if request.user.has_perm(CHANGE_TEMPLATE) else ["hold_for_release"]

    def get_fieldsets(self, request: HttpRequest, obj: MessageTemplate | None = None) -> list[Any]:
        texts = [name for code, _language in settings.LANGUAGES for name in text_field_names(code)]
        shown = texts if self.has_change_permission(request, obj) else ["texts_shown"]
        return [(None, {"fields": [*shown, "hold_for_release"]})]

    @admin.display(description=gettext_lazy("texts"))
    def texts_shown(self, obj: MessageTemplate) -> str:
        parts = [f"{text.get_language_display()}: {text.subject}\n\n{text.body}" for text in obj.texts.all()]
        return linebreaksbr("\n\n".join(parts), autoescape=True)

    def save_model(self, request: HttpRequest, obj: MessageTemplate, form: TemplateForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        save_texts(obj, form.texts())
        changed = [name for name in form.changed_data if name != "hold_for_release"]
        if changed:
            log(obj, "texts", by=request.user, note=", ".join(changed))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("wording/<str:scope>/", view(self.scope_view), name="mail_messagetemplate_scope"),
            path("<path:object_id>/preview/", view(self.preview_view), name="mail_messagetemplate_preview"),
            path("<path:object_id>/reset/", view(self.reset_view), name="mail_messagetemplate_reset"),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Without scripts the preview button comes here: the same page with what was typed, and the preview."""
        template = self._template(request, object_id)
        kind = get_kind(template.kind)
        context: dict[str, Any] = {
            "title": kind.title,
            "subtitle": scope_title(template.scope) or _("for all events"),
            "words": kind.placeholders.items(),
            "required_words": kind.required,
            "preview_url": reverse("admin:mail_messagetemplate_preview", args=[template.pk]),
            "reset_url": reverse("admin:mail_messagetemplate_reset", args=[template.pk]),
            "languages": settings.LANGUAGES,
            "show_save_and_add_another": False,
        }
        if request.method == "POST" and "_preview" in request.POST:
            context["proof"] = self._prove(request, template)
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The preview alone, for the page that asks for it as somebody types. Writes nothing."""
        template = self._template(request, object_id)
        proof = self._prove(request, template) if request.method == "POST" else None
        return TemplateResponse(request, "admin/mail/proof.html", {"proof": proof})

    def reset_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Back to the wording above, after a question."""
        template = self._template(request, object_id)
        if not request.user.has_perm(CHANGE_TEMPLATE):
            raise PermissionDenied
        if request.method == "POST":
            reset_wording(template, by=request.user)
            messages.success(request, _("The wording was reset."))
            return HttpResponseRedirect(reverse("admin:mail_messagetemplate_changelist"))
        question = (
            _("Delete the own wording of this event? The house’s wording is used instead.")
            if template.scope
            else _("Replace the house’s wording by the one that comes with the portal?")
        )
        back = reverse("admin:mail_messagetemplate_change", args=[template.pk])
        labels = [f"{kind_title(template.kind)} {scope_title(template.scope)}"]
        return confirm_page(
            self, request, title=_("Reset"), question=question, button=_("Reset"), back_url=back, labels=labels
        )

    def scope_view(self, request: HttpRequest, scope: str) -> HttpResponse:
        """Every message of one event: whose wording it uses, and a button that gives it its own."""
        if not self.has_view_or_change_permission(request) or not scope_exists(scope):
            raise PermissionDenied if scope_exists(scope) else Http404
        if request.method == "POST":
            if not request.user.has_perm(CHANGE_TEMPLATE):
                raise PermissionDenied
            code = request.POST.get("kind", "")
            if code not in {kind.code for kind in kinds()}:
                raise Http404
            template = make_own_wording(code, scope, by=request.user)
            return HttpResponseRedirect(reverse("admin:mail_messagetemplate_change", args=[template.pk]))
        found = {(t.kind, t.scope): t for t in MessageTemplate.objects.filter(scope__in=[scope, ""])}
        rows = [
            {"kind": kind, "own": found.get((kind.code, scope)), "house": found.get((kind.code, ""))}
            for kind in kinds()
            if default_texts(kind.code)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Wording of the messages"),
            "subtitle": scope_title(scope),
            "desk_url": scope_desk(scope),
            "rows": rows,
            "may_change": request.user.has_perm(CHANGE_TEMPLATE),
        }
        return TemplateResponse(request, "admin/mail/wording_of_scope.html", context)

    def _template(self, request: HttpRequest, object_id: str | None) -> MessageTemplate:
        template = self.get_object(request, unquote(object_id or ""))
        if not isinstance(template, MessageTemplate) or template.kind not in {kind.code for kind in kinds()}:
            raise Http404
        if not self.has_view_or_change_permission(request, template):
            raise PermissionDenied
        return template

    def _prove(self, request: HttpRequest, template: MessageTemplate) -> Proof:
        form = TemplateForm(request.POST, instance=template)
        form.is_valid()
        person, language = request.POST.get("preview_for", ""), request.POST.get("preview_language", "")
        return prove_wording(template, form.texts(), person, language, by=request.user)
