"""Coming events as a calendar to subscribe to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from forums.calendars import make_events_calendar
from forums.models import Event
from portal.core.pagecache import public_page, valid_until
from portal.core.times import DEFAULT_LANGUAGE, next_office_day

MOST = 500


@public_page(parameters=("lang",))
def events_calendar(request: HttpRequest) -> HttpResponse:
    """Every coming event; ``?lang=zh-hans`` for Chinese, anything else is English. It changes with the day."""
    at = timezone.now()
    valid_until(request, next_office_day(at))
    language = request.GET.get("lang", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else DEFAULT_LANGUAGE):
        events = Event.objects.for_calendars().select_related("country")[:MOST]
        content = make_events_calendar(events)
    headers = {"Content-Disposition": 'attachment; filename="events.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
