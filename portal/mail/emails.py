"""The house's own messages: codes to sign in and to open a locked link."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.office import office_name
from portal.mail.models import OutboxMessage
from portal.mail.registry import MessageKind, register_kind

SIGN_IN_CODE = "accounts.sign_in_code"
ACCESS_CODE = "mail.access_code"
ACCESS_CODE_GOOD_FOR = timedelta(minutes=15)
TEXTS = Path(__file__).parent / "data" / "sign_in.json"
PLACEHOLDERS = {
    "code": _("the code"),
    "name": _("the person’s name"),
    "minutes": _("how many minutes the code is good for"),
    "office": _("name of the organising office"),
}
TITLES = {SIGN_IN_CODE: _("Code to sign in"), ACCESS_CODE: _("Code to open a personal link")}


def register_kinds() -> None:
    """Make both known; called when the application starts."""
    for code, title in TITLES.items():
        kind = MessageKind(
            code=code,
            title=title,
            placeholders=PLACEHOLDERS,
            required=frozenset({"code"}),
            context=_context,
            wanted=_is_still_good,
        )
        register_kind(kind, TEXTS)


def code_is_good(message: OutboxMessage) -> bool:
    """Whether the code in this message can still be used as far as time tells."""
    return bool(message.secret) and timezone.now() < message.created_at + _lifetime(message.kind)


def _lifetime(kind: str) -> timedelta:
    return timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if kind == SIGN_IN_CODE else ACCESS_CODE_GOOD_FOR


def _context(_obj: Any, message: OutboxMessage) -> Mapping[str, str]:
    return {
        "code": message.secret,
        "name": message.to_name,
        "minutes": str(int(_lifetime(message.kind).total_seconds()) // 60),
        "office": office_name(),
    }


def _is_still_good(_obj: Any, message: OutboxMessage) -> bool:
    return code_is_good(message)
