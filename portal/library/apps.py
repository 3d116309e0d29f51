"""Django application: library."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "portal.library"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Plug the library's things into the catalogue, the files and the facts. By name: models exist only now."""
        import_module("portal.library.entries").register_kinds()
        import_module("portal.library.files").register_files()
        import_module("portal.library.views.preview").register_previews()
        decided = import_module("portal.library.services.confirming").fact_decided
        import_module("portal.core.facts").on_fact_decided(decided)
