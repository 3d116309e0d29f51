"""Django application: the directory."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "portal.directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Plug the directory into jobs, files and facts. Imported by name: models exist only now."""
        import_module("portal.directory.services.imports.running")  # its job kind registers itself
        import_module("portal.directory.files").register_files()
        decided = import_module("portal.directory.services.organisations").fact_decided
        import_module("portal.core.facts").on_fact_decided(decided)
