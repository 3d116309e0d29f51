"""Django application: the ground floor's bottom."""

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from portal.core.converters import KeyConverter


class CoreConfig(AppConfig):
    name = "portal.core"
    verbose_name = _("System")

    def ready(self) -> None:
        """Make ``<key:…>`` known before any addresses are read."""
        register_converter(KeyConverter, "key")
