"""One-time codes sent by mail: what they look like, and the check behind a link that is locked to a person.

A code is eight digits, because people read codes aloud across languages. A purpose key names what the code opens, such
as ``invitation:<public id>:<link version>``; it never reaches the browser in clear.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse

from portal.core.limits import take_turn
from portal.core.links import new_public_id
from portal.mail.emails import ACCESS_CODE_GOOD_FOR
from portal.mail.enums import Priority
from portal.mail.registry import Recipient
from portal.mail.services.outbox import write_message

ATTEMPTS = 5
DIGITS = 8
SENT_AT_MOST, WITHIN = 5, timedelta(hours=1)
KNOWN_FOR = timedelta(days=90)
SALT = "portal.mail.codes"


class TooManyCodes(Exception):
    """So many codes were asked for that no more is sent for an hour."""


def new_code() -> str:
    """A random code, such as ``4071-9935``."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return f"{digits[: DIGITS // 2]}-{digits[DIGITS // 2 :]}"


def plain_code(typed: str) -> str:
    """What somebody typed, as digits alone: spaces and dashes dropped, full-width digits made plain."""
    return "".join(character for character in unicodedata.normalize("NFKC", typed) if character.isdecimal())


def send_code(purpose_key: str, to: Recipient, *, kind: str, obj: models.Model | None, request: HttpRequest) -> None:
    """Send a new code to ``to``; the one sent before is no longer good.

    In order: the limit is checked (``TooManyCodes`` after five within an hour for one purpose), the message is written
    to the outbox in the reader's language, a hash of the code is kept for 15 minutes. ``request`` gives the language
    when ``to`` has none.
    """
    if not take_turn(f"{SALT}:sent:{purpose_key}", SENT_AT_MOST, WITHIN):
        raise TooManyCodes
    code = new_code()
    with transaction.atomic():
        write_message(
            kind,
            obj,
            to if to.language else _in_language_of(request, to),
            dedupe_key=f"{kind}:{new_public_id()}",
            priority=Priority.CODE,
            secret=code,
        )
    cache.set(_key(purpose_key), _digest(purpose_key, code), ACCESS_CODE_GOOD_FOR.total_seconds())


def check_code(purpose_key: str, code: str) -> bool:
    """Whether ``code`` is the one last sent for this purpose. It is good once; the fifth wrong one ends it."""
    kept: str | None = cache.get(_key(purpose_key))
    # A try is counted before it is looked at, so that many at once are no more than five.
    if kept is None or not take_turn(f"{SALT}:tries:{kept}", ATTEMPTS, ACCESS_CODE_GOOD_FOR):
        return False
    return hmac.compare_digest(kept, _digest(purpose_key, code)) and cache.delete(_key(purpose_key))


def remember_browser(response: HttpResponse, purpose_key: str) -> None:
    """Let this browser open what ``purpose_key`` guards without a code, for 90 days."""
    response.set_signed_cookie(
        _cookie(purpose_key),
        _hash(purpose_key),
        salt=SALT,
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser_is_known(request: HttpRequest, purpose_key: str) -> bool:
    """Whether this browser has shown a code for ``purpose_key`` before."""
    value = request.get_signed_cookie(_cookie(purpose_key), default="", salt=SALT, max_age=KNOWN_FOR)
    return hmac.compare_digest(str(value), _hash(purpose_key))


def _in_language_of(request: HttpRequest, to: Recipient) -> Recipient:
    language: Any = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return Recipient(to.key, to.name, to.email, language, to.time_zone, to.contact)


def _digest(purpose_key: str, code: str) -> str:
    text, key = f"{purpose_key}:{plain_code(code)}", str(settings.SECRET_KEY)
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _hash(purpose_key: str) -> str:
    return hashlib.sha256(f"{SALT}:{purpose_key}".encode()).hexdigest()


def _key(purpose_key: str) -> str:
    return f"mail.codes:{_hash(purpose_key)}"


def _cookie(purpose_key: str) -> str:
    return f"known_{_hash(purpose_key)[:16]}"
