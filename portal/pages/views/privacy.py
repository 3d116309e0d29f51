"""The privacy notice in the version that applies, and the versions that people agreed to earlier."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.models import TextVersion
from portal.core.office import office_name
from portal.core.pagecache import public_page
from portal.library.views.meta import Meta
from portal.pages.services.content import PRIVACY_NOTICE

VERSIONS_SHOWN = 50


@public_page(parameters=("version",))
def privacy(request: HttpRequest) -> HttpResponse:
    """The latest released version, or the one that ``?version=`` names; 404 when that one was never released."""
    released = TextVersion.objects.filter(code=PRIVACY_NOTICE, released_at__lte=timezone.now())
    versions = list(released.order_by("-released_at", "-pk")[:VERSIONS_SHOWN])
    wanted = request.GET.get("version")
    shown = next((text for text in versions if wanted in (None, text.version)), None)
    if wanted and shown is None:
        raise Http404
    context = {
        "notice": shown,
        "versions": versions,
        "is_latest": versions[:1] == [shown],
        "meta": Meta(_("Privacy notice"), f"{_('Privacy notice')} · {office_name()}"),
    }
    return render(request, "pages/privacy.html", context)
