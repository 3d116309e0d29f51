"""What a token of the API may be allowed, as data. A wing adds its own when the applications are ready."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEE_ITSELF = "token:read"
_scopes: dict[str, str | Promise] = {SEE_ITSELF: _("see what the token itself may do")}


def register_scope(code: str, title: str | Promise) -> None:
    """Make a scope known. ``ValueError`` when its code is taken."""
    if code in _scopes:
        raise ValueError(f"the scope {code} is known already")
    _scopes[code] = title


def all_scopes() -> dict[str, str | Promise]:
    """Every scope with what it allows, in the order of registration."""
    return dict(_scopes)
