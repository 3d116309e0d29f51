"""The programme of an event: rooms, sessions, who speaks; and what of it was released."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.enums import SessionKind, SpeakerRole
from forums.models.events import Event
from forums.querysets import ReleasedSessionQuerySet
from portal.core.fields import HTMLField
from portal.core.links import new_public_id
from portal.directory.models import Contact


class Room(models.Model):
    """A room of the venue, or the place of a field visit."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One part of the programme. Day and times are those of the place (``event.time_zone``)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind, default=SessionKind.PLENARY)
    title = models.CharField(_("title"), max_length=300)
    summary = HTMLField(_("about the session"), blank=True)
    day = models.DateField(_("day"))
    start_time = models.TimeField(_("begins"))
    end_time = models.TimeField(_("ends"))
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    languages = models.JSONField(_("languages of work"), default=list, blank=True)
    interpretation = models.JSONField(_("interpretation into"), default=list, blank=True)

    class Meta:
        ordering = ["day", "start_time", "room__order", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_time__gt=models.F("start_time")),
                name="forums_session_times_in_order",
                violation_error_message=_("The session ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.start_time, self.event.zone)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.end_time, self.event.zone)


class SessionSpeaker(models.Model):
    """Somebody with a part in a session: name, position and organisation as they shall be printed."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    role = models.CharField(_("role"), max_length=12, choices=SpeakerRole, default=SpeakerRole.SPEAKER)
    name = models.CharField(_("name as printed"), max_length=200)
    position = models.CharField(_("title and position as printed"), max_length=250, blank=True)
    organisation = models.CharField(_("organisation as printed"), max_length=250, blank=True)
    topic = models.CharField(_("topic of the talk"), max_length=300, blank=True)
    contact = models.ForeignKey(
        Contact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
        help_text=_("For the office only; tells a clash even where a name is written in two ways."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("chair or speaker")
        verbose_name_plural = _("chairs and speakers")

    def __str__(self) -> str:
        return self.name


class ProgrammeRelease(models.Model):
    """The programme as it was made public at one moment. What is edited afterwards waits for the next release."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="releases")
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )
    is_final = models.BooleanField(_("final programme"), default=False)
    is_current = models.BooleanField(_("shown now"), default=True)

    class Meta:
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=models.Q(is_current=True), name="forums_one_current_release"
            )
        ]
        verbose_name = _("release of the programme")
        verbose_name_plural = _("releases of the programme")

    def __str__(self) -> str:
        return f"{self.event} {self.released_at:%Y-%m-%d}"

    @property
    def number(self) -> int:
        """The how-manieth release of its event it is."""
        return ProgrammeRelease.objects.filter(event=self.event_id, pk__lte=self.pk).count()


class ReleasedSession(models.Model):
    """One session as released: what everybody may see of it.

    ``content`` holds the rest as ``services.programme.snapshot.content_of`` wrote it; each text is a mapping from
    language to what is there in it: ``title``, ``summary`` (HTML), ``room``, ``languages``, ``interpretation``,
    ``speakers`` (each with ``role``, ``name``, ``position``, ``organisation``, ``topic``), ``papers`` (each with
    ``id``, ``kind``, ``title`` and ``addresses`` by language, without the language of the page before them).
    ``day``, ``starts`` and ``ends`` are the clock of the place.
    """

    release = models.ForeignKey(ProgrammeRelease, models.CASCADE, related_name="sessions")
    public_id = models.CharField(max_length=12)
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    content = models.JSONField()

    objects = ReleasedSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["release", "public_id"], name="forums_released_session_once")]
        verbose_name = _("released session")
        verbose_name_plural = _("released sessions")

    def __str__(self) -> str:
        return self.public_id

    def words(self) -> Iterator[str]:
        """What the session is found by: its titles, who speaks, about what and for whom, in every language."""
        yield from self.content["title"].values()
        for speaker in self.content["speakers"]:
            for name in ("name", "organisation", "topic"):
                yield from speaker[name].values()
