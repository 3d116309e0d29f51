"""Personal links: ``<public id>.<signature>``. Nothing secret is stored, so a link can always be made again."""

import hashlib
import hmac
import logging
import re
import secrets
from base64 import urlsafe_b64encode

from django.conf import settings

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no look-alikes: these ids are read over the phone
ID_LENGTH = 12
SIGNATURE_BYTES = 16
TRACEBACKS = logging.Formatter()
TOKEN = re.compile(r"([2-9a-z]{12})\.([A-Za-z0-9_-]{22})")
# As it may stand in a text: percent-encoded, or with something glued to either end.
WRITTEN = re.compile(r"([2-9a-z]{12})(?:\.|%2[Ee])[A-Za-z0-9_-]{22}")
# Tokens of the API (portal.accounts) are random; their first eight characters tell one from another.
API_MARK = "caep_"
API_WRITTEN = re.compile(rf"({API_MARK}[A-Za-z0-9_-]{{8}})[A-Za-z0-9_-]+")


def new_public_id() -> str:
    """A random id of 12 characters (59 bits) that is safe to print and to read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


def make_token(purpose: str, public_id: str, version: int) -> str:
    """The token of a personal link. Raising ``version`` on the object makes every older token invalid."""
    return f"{public_id}.{_signature(settings.LINK_KEYS[0], purpose, public_id, version)}"


def split_token(token: str) -> tuple[str, str]:
    """``(public id, signature)`` of a token; both empty when it does not have the form of one."""
    found = TOKEN.fullmatch(token)
    return (found[1], found[2]) if found else ("", "")


def token_is_valid(token: str, purpose: str, public_id: str, version: int) -> bool:
    """Whether ``token`` was made for this purpose, object and version under any accepted key (constant time)."""
    signature = split_token(token)[1]
    checks = [
        hmac.compare_digest(signature, _signature(key, purpose, public_id, version)) for key in settings.LINK_KEYS
    ]
    return any(checks)


def mask_tokens(text: str) -> str:
    """``text`` with what is secret in personal links and API tokens blotted out, for logs, stored and shown mail."""
    return API_WRITTEN.sub(r"\1…", WRITTEN.sub(r"\1.…", text))


class MaskLinks(logging.Filter):
    """Logging filter: no personal link and no API token reaches a log, neither in a message nor in a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask_tokens(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = TRACEBACKS.formatException(record.exc_info)
        record.exc_text = record.exc_text and mask_tokens(record.exc_text)
        return True


def _signature(key: str, purpose: str, public_id: str, version: int) -> str:
    digest = hmac.new(key.encode(), f"{purpose}:{public_id}:{version}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:SIGNATURE_BYTES]).rstrip(b"=").decode()
