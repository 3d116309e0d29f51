"""Django application: the directory."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "portal.directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        import_module("portal.directory.services.imports.running")  # registers the kind of job
