"""The organising office's name, in the language that is being read."""

from django.conf import settings
from django.utils.translation import get_language


def office_name(language: str | None = None) -> str:
    """What pages and mail are headed and signed with, in ``language`` or the active one; English where it has none."""
    names: dict[str, str] = settings.OFFICE_NAMES
    return names.get(language or get_language() or "en", names["en"])
