"""Django application: library."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "portal.library"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Plug the library's things into the catalogue and the files. Imported by name: models exist only now."""
        import_module("portal.library.entries").register_kinds()
        import_module("portal.library.files").register_files()
