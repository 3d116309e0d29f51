"""Events and the series they belong to."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.enums import EventKind, EventMode, EventStatus, OrganiserRole
from forums.querysets import EventQuerySet
from portal.core.enums import DatePrecision
from portal.core.fields import HTMLField
from portal.directory.models import Country, Organisation
from portal.library.models import Theme

DAY_BEGINS, DAY_ENDS = time(9), time(18)


class EventSeries(models.Model):
    """A forum or workshop that is held again and again, under its official name."""

    slug = models.SlugField(_("page address"), max_length=80, unique=True)
    name = models.CharField(_("official name"), max_length=250)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ["name_en"]
        verbose_name = _("event series")
        verbose_name_plural = _("event series")

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One meeting. Days and times are those of the place (``time_zone``); deadlines are instants."""

    slug = models.SlugField(_("page address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind, default=EventKind.WORKSHOP)
    series = models.ManyToManyField(
        EventSeries, through="EventEdition", related_name="events", verbose_name=_("series")
    )
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=120, blank=True)
    theme = models.CharField(_("theme"), max_length=300, blank=True)
    summary = HTMLField(_("about the event"), blank=True)
    mode = models.CharField(  # empty only where no source says how an event of the past was held
        pgettext_lazy("mode", "held"), max_length=10, choices=EventMode, default=EventMode.IN_PERSON, blank=True
    )
    status = models.CharField(_("status"), max_length=10, choices=EventStatus, default=EventStatus.DRAFT)
    date_precision = models.CharField(
        _("known of the date"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    start_day = models.DateField(_("first day"), null=True, blank=True, db_index=True)
    end_day = models.DateField(_("last day"), null=True, blank=True)
    start_time = models.TimeField(_("begins"), null=True, blank=True)
    end_time = models.TimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Shanghai")
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("country")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    venue = models.CharField(_("venue"), max_length=250, blank=True)
    online_url = models.URLField(_("address of the online meeting"), blank=True)
    languages = models.JSONField(_("languages of work"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="events", verbose_name=_("themes of the programme"))
    organisers = models.ManyToManyField(Organisation, through="EventOrganiser", related_name="events")
    contact_email = models.EmailField(
        _("role mailbox"), blank=True, help_text=_("Never an officer’s personal address.")
    )
    answer_deadline = models.DateTimeField(_("answer invitations by"), null=True, blank=True)
    registration_opens = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_deadline = models.DateTimeField(_("register by"), null=True, blank=True)
    is_open = models.BooleanField(_("anybody may register"), default=False)
    is_demo = models.BooleanField(_("demonstration"), default=False)
    source = models.TextField(_("source"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-start_day", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        permissions = [
            ("view_participants", _("Can see the list of participants")),
            ("edit_event_texts", _("Can edit the texts of events")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_day__isnull=True) | models.Q(end_day__gte=models.F("start_day")),
                name="forums_event_days_in_order",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.short_title or self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:event", args=[self.slug])

    @property
    def scope(self) -> str:
        """What mail calls this event."""
        return f"event:{self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def mailbox(self) -> str:
        return self.contact_email or settings.OFFICE_EMAIL

    @property
    def starts_at(self) -> datetime | None:
        """The instant it begins (09:00 when no time is stored); None while the day is not known."""
        if self.start_day is None or self.date_precision != DatePrecision.DAY:
            return None
        return datetime.combine(self.start_day, self.start_time or DAY_BEGINS, self.zone)

    @property
    def ends_at(self) -> datetime | None:
        """The instant it ends (18:00 of the last day when no time is stored); None while the day is not known."""
        if self.start_day is None or self.date_precision != DatePrecision.DAY:
            return None
        return datetime.combine(self.end_day or self.start_day, self.end_time or DAY_ENDS, self.zone)

    def registration_closes_at(self) -> datetime | None:
        """The last instant to register: the deadline, else the beginning."""
        return self.registration_deadline or self.starts_at

    def answers_by(self) -> datetime | None:
        """The last instant to answer an invitation: its deadline, else that of registration, else the beginning."""
        return self.answer_deadline or self.registration_closes_at()

    def is_over(self, at: datetime | None = None) -> bool:
        ends = self.ends_at
        return ends is not None and ends < (at or timezone.now())

    def takes_registrations(self, at: datetime | None = None) -> bool:
        """Whether somebody may register now: announced, opened, not closed. Computed, so no job has to flip it."""
        at = at or timezone.now()
        closes = self.registration_closes_at()
        opened = self.registration_opens is None or self.registration_opens <= at
        return self.status == EventStatus.ANNOUNCED and opened and (closes is None or at <= closes)

    def next_change(self, at: datetime) -> datetime | None:
        """The next instant at which the public page of this event reads differently (for the page cache)."""
        moments = [
            self.registration_opens,
            self.registration_deadline,
            self.answer_deadline,
            self.starts_at,
            self.ends_at,
        ]
        return min((moment + timedelta(seconds=1) for moment in moments if moment and moment >= at), default=None)


class EventEdition(models.Model):
    """The place of an event in a series. The edition is text: it is never computed from the year."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="editions")
    series = models.ForeignKey(EventSeries, models.PROTECT, related_name="editions", verbose_name=_("series"))
    edition = models.CharField(_("edition"), max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "series"], name="forums_event_once_in_series")]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return f"{self.series} {self.edition}".strip()


class EventOrganiser(models.Model):
    """An organisation behind an event, in the order in which it is printed."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="event_organisers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=8, choices=OrganiserRole, default=OrganiserRole.HOST)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return str(self.organisation)
