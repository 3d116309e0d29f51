"""People who sign in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from portal.accounts.models import User
from portal.accounts.roles import ROLES, role_title
from portal.accounts.services.users import deactivate_user, forget_sign_in
from portal.core.admin.base import PortalModelAdmin, run_each


class RolesField(forms.ModelMultipleChoiceField):
    """Groups under the names of their roles."""

    def label_from_instance(self, obj: models.Model) -> str:
        return role_title(str(obj))


class UserForm(forms.ModelForm):
    """A person who may sign in. No password: staff choose their own after a first sign-in by code."""

    groups = RolesField(
        Group.objects.order_by("pk"), label=_("Roles"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", "—"), *settings.LANGUAGES], widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = User
        fields = ("email", "name", "language", "time_zone", "is_staff", "groups", "is_active", "is_superuser")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("groups") and not values.get("is_staff"):
            self.add_error("is_staff", _("A role needs this: only who may enter the administration can have one."))
        return values


class RoleFilter(admin.SimpleListFilter):
    """By role, under the name that staff know."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.name, role.title) for role in ROLES]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    """Who may sign in, and in which role."""

    form = UserForm
    list_display = ("email", "name", "role_names", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", RoleFilter)
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    actions = ("deactivate", "forget")
    fieldsets = (
        (None, {"fields": ("email", "name", "language", "time_zone")}),
        (_("Administration"), {"fields": ("is_staff", "groups", "is_active", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser sees and makes superusers."""
        if request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name != "is_superuser")})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser is changed by superusers alone: whoever changes an address can sign in with it."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are deactivated: the history names them."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("roles"))
    def role_names(self, obj: User) -> str:
        return ", ".join(role_title(group.name) for group in obj.groups.all())

    @admin.action(description=_("Close these accounts"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        run_each(
            request,
            queryset,
            lambda user: deactivate_user(user, by=request.user),
            done=ngettext_lazy("%(count)d account closed.", "%(count)d accounts closed.", "count"),
        )

    @admin.action(description=_("Forget their password and second factor"), permissions=["change"])
    def forget(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        run_each(
            request,
            queryset,
            lambda user: forget_sign_in(user, by=request.user),
            done=ngettext_lazy(
                "%(count)d person signs in by code and chooses a new password.",
                "%(count)d people sign in by code and choose new passwords.",
                "count",
            ),
        )
