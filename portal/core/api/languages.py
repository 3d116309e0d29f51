"""The language of an answer: what was asked for, and what stands in for it where nothing was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from portal.core.negotiation import negotiate

ALL = "all"
CODES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Languages:
    """``asked`` is a language code, or ``all``."""

    asked: str

    @property
    def active(self) -> str:
        """The one language in which messages and addresses are made."""
        return CODES[0] if self.asked == ALL else self.asked

    @property
    def header(self) -> str:
        """The value of ``Content-Language``."""
        return ", ".join(CODES) if self.asked == ALL else self.asked

    def pick(self, texts: Mapping[str, str | None]) -> dict[str, str]:
        """The text by its language: the one asked for, else the first that exists, so that a stand-in names itself."""
        written = {code: text for code, text in texts.items() if text}
        if self.asked == ALL:
            return written
        order = [self.asked, *CODES, *written]
        found = next((code for code in order if code in written), None)
        return {found: written[found]} if found else {}


def languages_of(request: HttpRequest) -> Languages:
    """What the request asks for: ``?lang=``, else ``Accept-Language``. (A wrong ``lang`` is refused as a parameter.)"""
    asked = request.GET.get("lang", "")
    if asked in (*CODES, ALL):
        return Languages(asked)
    return Languages(negotiate(request.headers.get("Accept-Language", "")))
