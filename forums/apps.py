"""Django application: forums."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forums and workshops")

    def ready(self) -> None:
        """Plug forums into mail, files, jobs and the catalogue. Imported by name: models exist only now."""
        import_module("forums.messages").register_kinds()
        import_module("forums.audiences").register_audiences()
        import_module("forums.files").register_files()
        import_module("forums.entries").register_kinds()
        import_module("forums.services.invitations")  # its job kind registers itself
        import_module("forums.services.programme.running")  # so does its
        import_module("forums.services.events")  # its effects bind themselves
        import_module("forums.views.outcomes").register_previews()
        decided = import_module("forums.services.listing").fact_decided
        import_module("portal.core.facts").on_fact_decided(decided)
