"""Links that staff hand on: as text for a messenger, and as a picture to be scanned."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from forums.admin.pages import admin_page, event_page
from forums.models import Event
from portal.core.times import format_days


def qr_pictures(url: str) -> dict[str, str]:
    """The link as a QR code: ``svg`` to show, ``png`` to save and send. Both are data addresses, so that the picture of
    a personal link is never at an address of its own."""
    code = segno.make(url, error="m", micro=False)
    return {"svg": code.svg_data_uri(scale=6, border=3), "png": code.png_data_uri(scale=10, border=4)}


@event_page()
def public_link(request: HttpRequest, event: Event, model_admin: ModelAdmin) -> HttpResponseBase:
    """The public page of the event, in both languages."""
    links = [_link(event, code, name) for code, name in settings.LANGUAGES]
    return admin_page(request, model_admin, "public_link.html", _("Public link and QR code"), event=event, links=links)


def _link(event: Event, language: str, name: str) -> dict[str, Any]:
    with translation.override(language):
        url = settings.BASE_URL + event.get_absolute_url()
        days = format_days(event.start_day, event.end_day, event.date_precision)
        text = "\n".join(part for part in (event.title, days, event.place, url) if part)
    return {"language": name, "code": language, "url": url, "text": text, "qr": qr_pictures(url)}


URLS = (("<int:pk>/link/", "forums_event_link", public_link),)
