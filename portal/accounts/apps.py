"""Django applications: accounts, and the administration site of the portal."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("People who sign in")

    def ready(self) -> None:
        # By name: models cannot be imported before the registry is full.
        roles = import_module("portal.accounts.services.roles")
        post_migrate.connect(roles.sync_after_migrate, dispatch_uid="portal.accounts.sync_roles")


class PortalAdminConfig(SimpleAdminConfig):
    """Django's admin with our own site; the simple configuration, for one module may hold only one default."""

    default_site = "portal.accounts.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        autodiscover()
