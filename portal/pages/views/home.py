"""The home page: what is coming, what was held, and the doors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from forums.models import Event
from forums.states import next_change
from portal.core.pagecache import public_page, valid_until
from portal.core.times import office_day

EVENTS_SHOWN = 4


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The next events and the latest past ones."""
    at = timezone.now()
    events = Event.objects.select_related("country")
    today = office_day(at)
    upcoming = list(events.upcoming(today)[:EVENTS_SHOWN])
    past = list(events.past(today)[:EVENTS_SHOWN])
    valid_until(request, next_change([*upcoming, *past], at))
    return render(request, "pages/home.html", {"upcoming": upcoming, "past": past})
