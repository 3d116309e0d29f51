"""How allauth keeps second factors here."""

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from portal.core.keys import fernet_key


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps lie encrypted, under ``FIELD_KEYS`` like every encrypted field."""

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        name: str = settings.OFFICE_NAMES["en"]
        return name

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(fernet_key(key)) for key in settings.FIELD_KEYS])
