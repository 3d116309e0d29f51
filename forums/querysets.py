"""Reads of forums that chain."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from forums.enums import (
    ACTIVE_INVITATIONS,
    ACTIVE_REGISTRATIONS,
    PUBLIC_EVENTS,
    EventStatus,
    InvitationStatus,
    ListConsent,
    ProtocolGroup,
    RegistrationStatus,
)
from portal.core.enums import DatePrecision
from portal.core.times import office_day
from portal.directory.enums import OrganisationKind, Party
from portal.directory.querysets import SearchKeyQuerySet
from portal.library.enums import PublishingStatus
from portal.library.querysets import PublishableQuerySet

PROTOCOL_GROUP = Case(
    When(organisation__kind=OrganisationKind.ASEAN_BODY, then=ProtocolGroup.ASEAN),
    When(organisation__kind=OrganisationKind.INTERNATIONAL, then=ProtocolGroup.INTERNATIONAL),
    When(organisation__kind=OrganisationKind.OFFICE, then=ProtocolGroup.OFFICE),
    When(country__party__in=[Party.MEMBER, Party.CHINA], then=ProtocolGroup.PARTIES),
    default=ProtocolGroup.OTHERS,
    output_field=models.SmallIntegerField(),
)


def _lasts_until(day: date | None) -> Q:
    """Reaches ``day``, as far as is known: what is known by its month or year alone lasts until the end of it."""
    day = day or office_day(timezone.now())
    first_days = {
        DatePrecision.DAY: day,
        DatePrecision.MONTH: day.replace(day=1),
        DatePrecision.YEAR: day.replace(month=1, day=1),
    }
    found = Q()
    for precision, first in first_days.items():
        last_day = Q(end_day__gte=first) | Q(end_day__isnull=True, start_day__gte=first)
        found |= Q(date_precision=precision) & last_day
    return found


class EventQuerySet(models.QuerySet):
    """Events."""

    def visible_to(self, user: Any) -> "EventQuerySet":
        """Staff who may view events see all of them, everybody else those that are public."""
        if user.is_active and user.is_staff and user.has_perm("forums.view_event"):
            return self
        return self.filter(status__in=PUBLIC_EVENTS)

    def upcoming(self, day: date | None = None) -> "EventQuerySet":
        """Announced or postponed and not over on ``day`` (today at the office), soonest first; without a date last."""
        not_over = Q(start_day__isnull=True) | _lasts_until(day)
        coming = self.filter(not_over, status__in=[EventStatus.ANNOUNCED, EventStatus.POSTPONED])
        return coming.order_by(F("start_day").asc(nulls_last=True), "pk")

    def for_calendars(self, day: date | None = None) -> "EventQuerySet":
        """Public events with a date that are not over on ``day`` (today at the office), also those cancelled."""
        shown = [EventStatus.ANNOUNCED, EventStatus.POSTPONED, EventStatus.CANCELLED]
        return self.filter(_lasts_until(day), start_day__isnull=False, status__in=shown).order_by("start_day", "pk")

    def past(self, day: date | None = None) -> "EventQuerySet":
        """Public events that are over on ``day`` (today at the office), latest first."""
        dated = self.with_results().filter(start_day__isnull=False, status__in=PUBLIC_EVENTS)
        return dated.exclude(_lasts_until(day)).order_by("-start_day", "-pk")

    def with_results(self) -> "EventQuerySet":
        """``results_from``: the instant from which the page of outcomes is public; None while it is not published."""
        moment = Coalesce("outcome__publish_at", "outcome__published_at")
        return self.annotate(results_from=Case(When(outcome__status=PublishingStatus.PUBLISHED, then=moment)))


class OutcomeQuerySet(PublishableQuerySet):
    """Outcomes of events."""

    def open(self, at: datetime | None = None) -> "OutcomeQuerySet":
        """Those that everybody can see: they are public, and so is their event."""
        public: Any = self.public(at)
        found: OutcomeQuerySet = public.filter(event__status__in=PUBLIC_EVENTS)
        return found


class ReleasedSessionQuerySet(models.QuerySet):
    """Sessions as they were released."""

    def current(self) -> "ReleasedSessionQuerySet":
        """Those of the releases that are shown now, whoever may see their event."""
        return self.filter(release__is_current=True)

    def public(self) -> "ReleasedSessionQuerySet":
        """Those that everybody can see: of the release shown now, of public events, in the order of the clock.

        Each comes with ``release.event.country``, so that a list of them takes one query. What a session is, is in
        its ``content`` (see the model); its papers are those that were public when it was released, so an address
        of one that was closed since answers 404.
        """
        shown = self.current().filter(release__event__status__in=PUBLIC_EVENTS)
        return shown.select_related("release__event__country").order_by("starts_at", "pk")


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def active(self) -> "InvitationQuerySet":
        return self.filter(status__in=ACTIVE_INVITATIONS)

    def unanswered(self) -> "InvitationQuerySet":
        return self.filter(status=InvitationStatus.PENDING)


class RegistrationQuerySet(SearchKeyQuerySet):
    """Registrations."""

    def active(self) -> "RegistrationQuerySet":
        return self.filter(status__in=ACTIVE_REGISTRATIONS)

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, first in line first."""
        return self.filter(status=RegistrationStatus.WAITLISTED).order_by("queued_at", "pk")

    def with_place_in_line(self) -> "RegistrationQuerySet":
        """``place``: the place in the waiting list of the event, from 1; None for who does not wait."""
        waiting = self.model._default_manager.filter(
            Q(queued_at__lt=OuterRef("queued_at")) | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk")),
            event=OuterRef("event"),
            status=RegistrationStatus.WAITLISTED,
        )
        counted = waiting.order_by().values("event").annotate(number=Count("pk")).values("number")
        return self.annotate(place=Case(When(status=RegistrationStatus.WAITLISTED, then=Subquery(counted))))

    def in_protocol_order(self) -> "RegistrationQuerySet":
        """The order of a list of participants; each row knows its part of it as ``protocol_group``.

        Member States alphabetically, China, ASEAN bodies, international organisations, others, the organising office
        last; inside one by organisation, then name.
        """
        return self.annotate(protocol_group=PROTOCOL_GROUP).order_by(
            "protocol_group",
            F("country__order_members_then_china").asc(nulls_last=True),
            "country__name_en",
            "organisation_name",
            "full_name",
            "pk",
        )

    def named_in_public(self) -> "RegistrationQuerySet":
        return self.confirmed().filter(list_consent=ListConsent.PUBLIC)

    def named_to_participants(self) -> "RegistrationQuerySet":
        return self.confirmed().filter(list_consent__in=[ListConsent.PUBLIC, ListConsent.PARTICIPANTS])
