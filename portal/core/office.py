"""The organising office's name, in the language that is being read."""

from django.conf import settings
from django.utils.translation import get_language


def office_name(language: str | None = None) -> str:
    """What pages and mail are headed and signed with, in ``language`` or the active one; English where it has none."""
    names: dict[str, str] = settings.OFFICE_NAMES
    return names.get(language or get_language() or "en", names["en"])


def office_name_beside() -> tuple[str, str]:
    """The name in the other language of the site and that language's code: the two stand together at the head."""
    active = get_language() or "en"
    return next((name, code) for code, name in settings.OFFICE_NAMES.items() if code != active)
