"""The home page: what is coming, what was held, and the doors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from forums.models import Event
from forums.states import next_change
from portal.core.pagecache import public_page, valid_until

EVENTS_SHOWN = 4


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The next events and the latest past ones."""
    at = timezone.now()
    events = Event.objects.select_related("country")
    upcoming = list(events.upcoming(at.date())[:EVENTS_SHOWN])
    past = list(events.past(at.date())[:EVENTS_SHOWN])
    valid_until(request, next_change([*upcoming, *past], at))
    return render(request, "pages/home.html", {"upcoming": upcoming, "past": past})
