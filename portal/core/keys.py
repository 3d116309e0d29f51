"""Derives the keys of a purpose from a secret of any form."""

import hashlib
from base64 import urlsafe_b64encode


def fernet_key(secret: str) -> bytes:
    """A Fernet key (32 bytes, base64) from a secret of any length."""
    return urlsafe_b64encode(hashlib.sha256(f"portal field:{secret}".encode()).digest())
