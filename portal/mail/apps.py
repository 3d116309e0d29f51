"""Django application: mail."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "portal.mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        # By name: models cannot be imported before the registry is full.
        import_module("portal.mail.emails").register_kinds()
        import_module("portal.mail.services.adhoc").register_adhoc()
