"""Tokens of the API: made here and shown once, listed with their use, ended by hand."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from portal.accounts.models import ApiToken
from portal.accounts.scopes import all_scopes
from portal.accounts.services.api_tokens import check_expiry, make_token, revoke_token
from portal.core.admin.base import PortalModelAdmin
from portal.core.admin.pages import admin_page, ask

MAY_REVOKE = "accounts.change_apitoken"
VALID, ENDED = "valid", "ended"


class ApiTokenForm(forms.ModelForm):
    """A new token. Afterwards nothing of it is changed: it is revoked, and another one made."""

    scopes = forms.MultipleChoiceField(label=gettext_lazy("May do"), widget=UnfoldAdminCheckboxSelectMultipleWidget)

    class Meta:
        model = ApiToken
        fields = ("name", "owner", "organisation", "scopes", "expires_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(code, f"{title} ({code})") for code, title in all_scopes().items()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "expires_at" in values:
            try:
                check_expiry(values["expires_at"], timezone.now())
            except ValidationError as error:
                self.add_error(None, error)
        return values


class StateFilter(admin.SimpleListFilter):
    """Those that open something, and those that do no longer."""

    title = pgettext_lazy("token", "state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(VALID, pgettext_lazy("token", "valid")), (ENDED, pgettext_lazy("token", "expired or revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        valid = Q(pk__in=ApiToken.objects.valid().values("pk"))
        return queryset.filter({VALID: valid, ENDED: ~valid}.get(self.value() or "", Q()))


@admin.register(ApiToken)
class ApiTokenAdmin(PortalModelAdmin):
    """Who reads by a program, until when, and when they last did."""

    form = ApiTokenForm
    list_display = ("name", "holder", "prefix", "expires_at", "last_used_at", "last_used_network", "state")
    list_filter = (StateFilter,)
    list_select_related = ("owner",)
    search_fields = ("name", "organisation", "owner__name", "owner__email", "prefix")
    autocomplete_fields = ("owner",)
    actions_detail = ["revoke"]
    readonly_fields = ("scope_names",)
    history_actions = {"revoked": gettext_lazy("revoked")}
    fieldsets = (
        (None, {"fields": ("name", "owner", "organisation", "scopes", "expires_at")}),
        (
            gettext_lazy("Use"),
            {"fields": ("prefix", "last_used_at", "last_used_network", "revoked_at", "created_by", "created_at")},
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        """To make one, what is asked for; afterwards all of it, in words."""
        made, used = super().get_fieldsets(request, obj)
        if obj is None:
            return [made]
        return [(None, {"fields": ("name", "owner", "organisation", "scope_names", "expires_at")}), used]

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """A token is revoked: the history names it."""
        return False

    def has_revoke_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Who may, on tokens that are not revoked."""
        if not request.user.has_perm(MAY_REVOKE):
            return False
        return object_id is None or ApiToken.objects.filter(pk=object_id, revoked_at__isnull=True).exists()

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Let the service make it; the secret goes with this request alone."""
        user: Any = request.user
        values = {name: form.cleaned_data[name] for name in ApiTokenForm.Meta.fields if name != "name"}
        token, secret = make_token(form.cleaned_data["name"], by=user, **values)
        obj.__dict__.update(token.__dict__)
        request.api_secret = secret  # type: ignore[attr-defined]  # read below, while the same request is answered

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The service has written it down."""

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        """The one showing of the token: on no other page, in no message, kept by no browser."""
        response = admin_page(
            request,
            self,
            "admin/accounts/token_made.html",
            _("New API token"),
            token=obj,
            secret=request.api_secret,  # type: ignore[attr-defined]
            back_url=reverse("admin:accounts_apitoken_changelist"),
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @action(description=gettext_lazy("Revoke"), url_path="revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask first; the POST ends it."""
        token = get_object_or_404(ApiToken, pk=object_id)
        back = reverse("admin:accounts_apitoken_change", args=[token.pk])
        if request.method == "POST":
            if revoke_token(token, by=request.user):
                messages.success(request, _("Revoked: %(name)s") % {"name": token.name})
            return HttpResponseRedirect(back)
        line = _(
            "From now on whoever uses it is refused. A revoked token cannot be brought back; a new one can be made."
        )
        return ask(
            request,
            self,
            _("Revoke this token?"),
            lines=[token.name, line],
            button=_("Revoke the token"),
            tone="danger",
            back_url=back,
        )

    @admin.display(description=gettext_lazy("may do"))
    def scope_names(self, obj: ApiToken) -> str:
        return ", ".join(f"{all_scopes().get(code, '')} ({code})" for code in obj.scopes) or "–"

    @admin.display(description=gettext_lazy("of"))
    def holder(self, obj: ApiToken) -> str:
        return ", ".join(filter(None, [str(obj.owner or ""), obj.organisation]))

    @admin.display(description=pgettext_lazy("token", "state"))
    def state(self, obj: ApiToken) -> str | Promise:
        if obj.revoked_at:
            return pgettext_lazy("token", "revoked")
        if obj.expires_at <= timezone.now():
            return pgettext_lazy("token", "expired")
        if obj.owner and not obj.owner.is_active:
            return pgettext_lazy("token", "account closed")
        return pgettext_lazy("token", "valid")
