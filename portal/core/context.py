"""What every template knows of the site. Nothing of the user: public pages are cached."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.core.office import office_name, office_name_beside


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the signature of every context processor
    """The office's name in both languages, its mailbox and filing numbers; whether this is a demonstration."""
    beside, language = office_name_beside()
    return {
        "office_name": office_name(),
        "office_name_beside": beside,
        "office_language_beside": language,
        "office_email": settings.OFFICE_EMAIL,
        "filing_icp": settings.SITE_FILING_ICP,
        "filing_police": settings.SITE_FILING_POLICE,
        "is_demo": settings.DEMO,
    }
