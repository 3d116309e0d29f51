"""What the catalogues are called, and the forms of a message."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from django.conf import settings
from django.utils.translation import to_locale


def catalogue_files(root: Path) -> list[Path]:
    """The .po file of every language but English, whether it exists yet or not."""
    languages = [code for code, _ in settings.LANGUAGES if code != "en"]
    return [root / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po" for code in languages]


def first_form(message: Message) -> str:
    """The text by which a message is known: its only form, or the singular."""
    return forms(message.id)[0]


def forms(text: Any) -> list[str]:
    """A text's singular and plural as a list; Babel gives a string when there is only one."""
    return [text] if isinstance(text, str) else list(text)
