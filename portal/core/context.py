"""What every template knows of the site. Nothing of the user: public pages are cached."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.core.office import office_name


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the signature of every context processor
    """``office_name``, ``office_email``, ``is_demo``."""
    return {"office_name": office_name(), "office_email": settings.OFFICE_EMAIL, "is_demo": settings.DEMO}
