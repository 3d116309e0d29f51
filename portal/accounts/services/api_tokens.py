"""Tokens of the API: made once, known by their digest, ended by time or by hand."""

import hashlib
import secrets
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import ApiToken, User
from portal.accounts.scopes import all_scopes
from portal.core.audit import log
from portal.core.links import API_MARK

SECRET_BYTES = 32
SHOWN = len(API_MARK) + 8
USE_NOTED_EVERY = timedelta(minutes=1)
NETWORK_BITS = {4: 24, 6: 48}


@transaction.atomic
def make_token(
    name: str,
    *,
    scopes: list[str],
    expires_at: datetime,
    by: User,
    owner: User | None = None,
    organisation: str = "",
    at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """A new token, and the secret that is shown this once and kept nowhere.

    ``ValidationError`` for an unknown scope, or an expiry that is past or further than ``API_TOKEN_MAX_DAYS``. In
    order: the row, the history.
    """
    at = at or timezone.now()
    check_expiry(expires_at, at)
    if unknown := sorted(set(scopes) - set(all_scopes())):
        raise ValidationError({"scopes": _("There is no such permission: %(names)s") % {"names": ", ".join(unknown)}})
    secret = API_MARK + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken(
        name=name,
        scopes=scopes,
        expires_at=expires_at,
        owner=owner,
        organisation=organisation,
        prefix=secret[:SHOWN],
        digest=_digest(secret),
        created_by=by,
    )
    token.save()
    log(token, "added", by=by, at=at)
    return token, secret


def check_expiry(expires_at: datetime, at: datetime) -> None:
    """``ValidationError`` unless a token made at ``at`` may last until ``expires_at``."""
    if not at < expires_at <= at + timedelta(days=settings.API_TOKEN_MAX_DAYS):
        message = _("A token ends within %(days)d days.") % {"days": settings.API_TOKEN_MAX_DAYS}
        raise ValidationError({"expires_at": message})


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Any, at: datetime | None = None) -> bool:
    """End a token at once; False when it was ended before. In order: the row, the history."""
    at = at or timezone.now()
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        return False
    token.revoked_at = at
    log(token, "revoked", by=by, at=at)
    return True


def find_token(secret: str, *, at: datetime | None = None) -> ApiToken | None:
    """The token that ``secret`` is, with its owner, if it opens anything at ``at``."""
    return ApiToken.objects.valid(at).select_related("owner").filter(digest=_digest(secret)).first()


def note_use(token: ApiToken, *, address: str, at: datetime | None = None) -> None:
    """Remember when and from which network a token was used; written at most once a minute."""
    at = at or timezone.now()
    if token.last_used_at and at - token.last_used_at < USE_NOTED_EVERY:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - USE_NOTED_EVERY)
    network = coarse_network(address)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at, last_used_network=network)
    token.last_used_at, token.last_used_network = at, network


def coarse_network(address: str) -> str:
    """The network around an address, wide enough to name no person; empty for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{found}/{NETWORK_BITS[found.version]}", strict=False))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
