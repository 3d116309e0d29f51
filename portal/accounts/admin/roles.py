"""What the roles may do, to read."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import role_title
from portal.core.admin.base import ReadOnlyModelAdmin

# Django and allauth register theirs: the first without our base, the others with second factors and unused addresses.
for model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(model)


ACTIONS = {"view": _("look"), "add": _("add"), "change": _("change"), "delete": _("delete")}


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
        lines: dict[str, list[str]] = {}
        for one in held:
            lines.setdefault(capfirst(one.content_type.name), []).append(_in_words(one))
        return "\n".join(f"{name}: {', '.join(words)}" for name, words in lines.items())


def _in_words(permission: Permission) -> str:
    action = permission.codename.removesuffix(f"_{permission.content_type.model}")
    return str(ACTIONS.get(action) or gettext(permission.name))
