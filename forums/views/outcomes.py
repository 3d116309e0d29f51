"""What came of an event, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forums.models import Outcome
from portal.core.pagecache import public_page


@public_page
def outcome_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcome of the event at ``slug``."""
    outcome = get_object_or_404(Outcome.objects.open().select_related("event__country"), event__slug=slug)
    return render(request, "forums/outcomes.html", {"outcome": outcome, "event": outcome.event})
