"""Registration without an invitation, where the event allows it."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from forums.forms import OpenForm
from forums.models import Category, Event
from forums.services.errors import RegistrationClosed
from forums.services.registrations import start_open
from forums.views.facts import event_facts, why_closed
from portal.core.access import get_visible_or_404
from portal.core.limits import take_turn

HOUR = timedelta(hours=1)
PER_ADDRESS_OF_NETWORK = 30  # an office shares one; a flood comes from one too
PER_MAILBOX = 3  # nobody's mailbox is filled by others


@never_cache
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for name and address and mail the personal link; whether the address is known cannot be told."""
    event = get_visible_or_404(Event.objects.select_related("country"), request.user, slug=slug)
    categories = list(event.categories.filter(is_open=True)) if event.is_open else []
    is_post = request.method == "POST"
    if not categories or (why_closed(event) and not is_post):
        context = {"event": event, "closed": why_closed(event)}
        return render(request, "forums/register_closed.html", context, status=409 if is_post else 200)
    form = OpenForm(request.POST if is_post else None, categories=categories, language=get_language() or "en")
    if why_closed(event):
        return _page(request, event, form, status=409)
    if not is_post or not form.is_valid():
        return _page(request, event, form, status=422 if is_post else 200)
    return _start(request, event, form)


def _start(request: HttpRequest, event: Event, form: OpenForm) -> HttpResponse:
    data = form.cleaned_data
    network = get_adapter(request).get_client_ip(request)
    if not take_turn(f"forums.register:network:{network}", PER_ADDRESS_OF_NETWORK, HOUR):
        return _page(request, event, form, too_many=True, status=429)
    mailbox_is_free = take_turn(f"forums.register:{event.pk}:{data['email'].casefold()}", PER_MAILBOX, HOUR)
    if mailbox_is_free and not form.is_filled_by_a_program:
        category: Category = data["category"]
        try:
            start_open(event, category, email=data["email"], full_name=data["full_name"], language=data["language"])
        except RegistrationClosed:
            return _page(request, event, form, status=409)
    return render(request, "forums/register_sent.html", {"event": event, "email": data["email"]})


def _page(
    request: HttpRequest, event: Event, form: OpenForm, *, status: int = 200, too_many: bool = False
) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "facts": event_facts(event),
        "too_many": too_many,
        "closed": why_closed(event),
    }
    return render(request, "forums/register.html", context, status=status)
