"""Django applications: accounts, and the administration site of the portal."""

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("People who sign in")


class PortalAdminConfig(SimpleAdminConfig):
    """Django's admin with our own site; ``SimpleAdminConfig`` because two default configurations clash in one module."""

    default_site = "portal.accounts.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        self.module.autodiscover()
