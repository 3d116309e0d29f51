"""What the roles may do, to read."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import role_title
from portal.core.admin.base import ReadOnlyModelAdmin

# Django and allauth register theirs: the first without our base, the others with second factors and unused addresses.
for model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(model)


@admin.register(Group)
class RoleAdmin(ReadOnlyModelAdmin):
    """The roles. Their permissions come with the software (``portal.accounts.roles``)."""

    list_display = ("title",)
    fields = ("title", "may")
    search_fields = ("name",)
    ordering = ("pk",)

    @admin.display(description=_("role"), ordering="name")
    def title(self, obj: Group) -> str:
        return role_title(obj.name)

    @admin.display(description=_("may"))
    def may(self, obj: Group) -> str:
        held = Permission.objects.filter(group=obj).select_related("content_type")
        return "\n".join(f"{one.content_type.app_label}: {one.name}" for one in held)
