"""Which of our languages suits a reader who sent ``Accept-Language``."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


@lru_cache(maxsize=512)
def negotiate(header: str) -> str:
    """The code of the best of our languages for the value of an ``Accept-Language`` header; English when none suits."""
    for code, _weight in parse_accept_lang_header(header.lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
