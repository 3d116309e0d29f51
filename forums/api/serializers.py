"""What the API says of events."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.enums import PUBLIC_EVENTS, OrganiserRole
from forums.models import Event, EventEdition, EventOrganiser, EventPaper, EventPaperFile
from portal.core.api.examples import example
from portal.core.api.fields import INSTANT_SCHEMA, Codes, Instant, Link, PartialDate, Self, Translated, Whole, absolute

HOST = settings.BASE_URL


@extend_schema_field(INSTANT_SCHEMA)
class EventInstant(Instant):
    """A moment of an event with the offset of its place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lambda event: event.zone, **options)


@extend_schema_field(INSTANT_SCHEMA)
class Clock(Whole):
    """When an event begins or ends, where the hour is stored: the portal's own 09:00 is no fact to hand on."""

    def __init__(self, moment: str, hour: str, **options: Any) -> None:
        super().__init__(**options)
        self.moment, self.hour = moment, hour

    def to_representation(self, value: Event) -> str | None:
        moment: datetime | None = getattr(value, self.moment)
        return moment.isoformat() if moment and getattr(value, self.hour) else None


class EditionSerializer(serializers.ModelSerializer[EventEdition]):
    """The place of an event in a series."""

    slug = serializers.CharField(source="series.slug", read_only=True)
    name = serializers.SerializerMethodField(help_text="The official name of the series.")

    class Meta:
        model = EventEdition
        fields = ("slug", "name", "edition")
        read_only_fields = fields

    @extend_schema_field(Translated)
    def get_name(self, edition: EventEdition) -> dict[str, str]:
        return Translated.of(edition.series, "name", self.context["languages"])


class OrganiserSerializer(serializers.ModelSerializer[EventOrganiser]):
    """An organisation behind an event, in the order in which it is printed."""

    name = serializers.SerializerMethodField()
    slug = serializers.SerializerMethodField(help_text="In the list of organisations, for those that agreed to it.")
    role = serializers.ChoiceField(choices=OrganiserRole.choices, read_only=True)

    class Meta:
        model = EventOrganiser
        fields = ("name", "slug", "role")
        read_only_fields = fields

    @extend_schema_field(Translated)
    def get_name(self, organiser: EventOrganiser) -> dict[str, str]:
        return Translated.of(organiser.organisation, "name", self.context["languages"])

    def get_slug(self, organiser: EventOrganiser) -> str | None:
        return organiser.organisation.slug if organiser.organisation.is_public else None


class PaperFileSerializer(serializers.ModelSerializer[EventPaperFile]):
    """A paper in one language."""

    url = Link(lambda one: reverse("forums:paper", args=[one.paper.event.slug, one.paper.pk, one.language]))
    content_type = serializers.CharField(source="file.content_type", read_only=True)
    bytes = serializers.IntegerField(source="file.size", read_only=True)

    class Meta:
        model = EventPaperFile
        fields = ("language", "url", "content_type", "bytes")
        read_only_fields = fields


class PaperSerializer(serializers.ModelSerializer[EventPaper]):
    """A paper that everybody may open."""

    title = Translated()
    files = PaperFileSerializer(many=True, read_only=True)

    class Meta:
        model = EventPaper
        fields = ("kind", "title", "files")
        read_only_fields = fields


EXAMPLE = {
    "url": f"{HOST}/api/v1/events/forum-2025/",
    "slug": "forum-2025",
    "page": f"{HOST}/en/forums/forum-2025/",
    "kind": "forum",
    "status": "announced",
    "title": {"en": "Environmental Cooperation Forum 2025"},
    "short_title": {"en": "Forum 2025"},
    "theme": {},
    "series": [{"slug": "forum", "name": {"en": "Environmental Cooperation Forum"}, "edition": "14"}],
    "mode": "in_person",
    "start": "2025-10-21",
    "end": "2025-10-22",
    "starts_at": "2025-10-21T09:00:00+06:30",
    "ends_at": None,
    "time_zone": "Asia/Yangon",
    "country": "MM",
    "place": {"en": "Yangon"},
    "venue": {},
    "languages": ["en"],
    "themes": ["climate-change"],
    "registration_opens": None,
    "registration_deadline": "2025-09-30T23:59:00+06:30",
    "is_open": False,
    "is_demo": False,
}


@example(EXAMPLE)
class EventSerializer(serializers.ModelSerializer[Event]):
    """A meeting that was announced or held."""

    url = Self("event")
    page = Link(Event.get_absolute_url, help_text="Its page for people.")
    status = serializers.ChoiceField(choices=[(one.value, one.label) for one in PUBLIC_EVENTS], read_only=True)
    title = Translated()
    short_title = Translated()
    theme = Translated(help_text="The motto of the event.")
    series = EditionSerializer(source="listed_editions", many=True, read_only=True)
    start = PartialDate("date_precision", source="start_day", help_text="The first day at the place.")
    end = PartialDate("date_precision", source="end_day", help_text="The last day at the place.")
    starts_at = Clock("starts_at", "start_time", help_text="Where the hour is known.")
    ends_at = Clock("ends_at", "end_time", help_text="Where the hour is known.")
    time_zone = serializers.CharField(read_only=True, help_text="The IANA name of the zone of the place.")
    country = serializers.CharField(source="country.code", default=None, allow_null=True, read_only=True)
    place = Translated()
    venue = Translated()
    languages = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="The languages of work.")
    themes = Codes(source="listed_themes", help_text="Themes of the programme, by `code`.")
    registration_opens = EventInstant()
    registration_deadline = EventInstant()

    class Meta:
        model = Event
        fields = tuple(EXAMPLE)
        read_only_fields = fields


DETAIL_EXAMPLE = EXAMPLE | {
    "summary": {"en": "<p>What it is about.</p>"},
    "organisers": [{"name": {"en": "Ministry of Environment"}, "slug": None, "role": "host"}],
    "papers": [],
    "programme": {
        "page": f"{HOST}/en/forums/forum-2025/programme/",
        "sessions": f"{HOST}/api/v1/sessions/?event=forum-2025",
        "released_at": "2025-10-01T12:00:00+06:30",
        "is_final": False,
    },
    "outcomes": None,
}


@example(DETAIL_EXAMPLE)
class EventDetailSerializer(EventSerializer):
    """The same with organisers, public papers, and where programme and outcomes are."""

    summary = Translated(help_text="HTML.")
    organisers = OrganiserSerializer(source="event_organisers", many=True, read_only=True)
    papers = PaperSerializer(source="public_papers", many=True, read_only=True)
    programme = serializers.SerializerMethodField(help_text="The programme as it was last released; null before that.")
    outcomes = Link(
        lambda event: reverse("forums:outcomes", args=[event.slug]) if event.has_outcome else None,
        help_text="The page of its outcomes, once they are public.",
    )

    class Meta(EventSerializer.Meta):
        fields = tuple(DETAIL_EXAMPLE)
        read_only_fields = fields

    @extend_schema_field(
        {
            "type": "object",
            "nullable": True,
            "required": ["page", "sessions", "released_at", "is_final"],
            "properties": {
                "page": {"type": "string", "format": "uri"},
                "sessions": {"type": "string", "format": "uri"},
                "released_at": {"type": "string", "format": "date-time"},
                "is_final": {"type": "boolean"},
            },
        }
    )
    def get_programme(self, event: Any) -> dict[str, Any] | None:
        release = next(iter(event.current_releases), None)
        if release is None:
            return None
        return {
            "page": absolute(reverse("forums:programme", args=[event.slug])),
            "sessions": f"{absolute(reverse('api:sessions'))}?event={event.slug}",
            "released_at": release.released_at.astimezone(event.zone).isoformat(),
            "is_final": release.is_final,
        }
