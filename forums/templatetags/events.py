"""Events in templates: tags, days, rows, languages."""

from datetime import datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, to_locale

from forums.models import Event
from forums.states import RegistrationState, Tag, event_tag, has_results, registration_state
from portal.core.enums import DatePrecision
from portal.core.times import format_days, office_day

register = template.Library()


@register.simple_tag
def tag_of(event: Event) -> Tag:
    """The event's tag now: ``tone`` and ``label``."""
    return event_tag(event, timezone.now())


@register.filter
def outcomes_url(event: Event) -> str:
    """Where its outcomes are; "" while they are not public (of events that were read ``with_results``)."""
    return reverse("forums:outcomes", args=[event.slug]) if has_results(event, timezone.now()) else ""


@register.simple_tag
def registration_of(event: Event) -> RegistrationState:
    """Where the event's registration stands now: ``code`` and ``at``."""
    return registration_state(event, timezone.now())


@register.filter
def days(event: Event) -> str:
    """The days of the event as far as they are known; "" when none is."""
    return format_days(event.start_day, event.end_day, event.date_precision)


@register.filter
def language_names(codes: list[str]) -> str:
    """Names of languages in the reader's language; a code that CLDR does not know stays as it is."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    return " · ".join(_language_name(code, locale) for code in codes)


def _language_name(code: str, locale: Locale) -> str:
    try:
        name = Locale.parse(code, sep="-").get_display_name(locale)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or code


@register.filter
def office_date(at: datetime) -> str:
    """The day of an instant at the organising office, in words."""
    return format_days(office_day(at), None, DatePrecision.DAY)


@register.inclusion_tag("partials/event_row.html")
def event_row(event: Event, **extra: Any) -> dict[str, Any]:
    """One event of a list, in ``<ul class="events">``."""
    return {"event": event, **extra}
