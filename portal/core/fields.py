"""Model fields of the house: text kept encrypted, and HTML cleaned when saved."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from portal.core.html import clean_html
from portal.core.keys import fernet_key


@lru_cache(maxsize=4)
def _fernet(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(fernet_key(key)) for key in keys])


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database (Fernet; the first of ``FIELD_KEYS`` writes, all of them read)."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return _fernet(*settings.FIELD_KEYS).encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return _fernet(*settings.FIELD_KEYS).decrypt(value.encode()).decode() if value else value


class HTMLField(models.TextField):
    """HTML from an editor or a paste; whatever is not on the allow-list is gone before it is stored."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 - Django's signature
        value = getattr(model_instance, self.attname)
        cleaned = clean_html(value) if value else value
        # A translated field reads another language where its own is empty; writing it back would make that a copy.
        if isinstance(getattr(type(model_instance), self.attname), DeferredAttribute):
            setattr(model_instance, self.attname, cleaned)
        return cleaned
