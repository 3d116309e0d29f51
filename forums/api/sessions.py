"""What the API says of the sessions of released programmes: what was printed, and nobody's address."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.api.fields import ReleasedText
from forums.enums import PaperKind, SpeakerRole
from forums.models import ReleasedSession
from portal.core.api.examples import example
from portal.core.api.fields import INSTANT_SCHEMA, Instant, Self, absolute

HOST = settings.BASE_URL


class SpeakerSerializer(serializers.Serializer):
    """A chair or speaker as printed."""

    role = serializers.ChoiceField(choices=SpeakerRole.choices, read_only=True)
    name = ReleasedText()
    position = ReleasedText()
    organisation = ReleasedText()
    topic = ReleasedText()


class SessionPaperSerializer(serializers.Serializer):
    """A public paper of a session."""

    kind = serializers.ChoiceField(choices=PaperKind.choices, read_only=True)
    title = ReleasedText()
    files = serializers.SerializerMethodField(help_text="Where each language of it is.")

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "format": "uri"}})
    def get_files(self, paper: dict[str, Any]) -> dict[str, str | None]:
        return {language: absolute(f"/en/{address}") for language, address in paper["addresses"].items()}


@extend_schema_field(INSTANT_SCHEMA)
class SessionInstant(Instant):
    """A moment of a session with the offset of its place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lambda session: session.release.event.zone, **options)


@example(
    {
        "url": f"{HOST}/api/v1/sessions/4mx7k2p9qd3a/",
        "id": "4mx7k2p9qd3a",
        "event": "forum-2025",
        "kind": "plenary",
        "title": {"en": "Cleaner air for cities"},
        "summary": {},
        "starts_at": "2025-10-21T09:00:00+06:30",
        "ends_at": "2025-10-21T10:30:00+06:30",
        "time_zone": "Asia/Yangon",
        "room": {"en": "Hall A"},
        "languages": ["en"],
        "interpretation": ["zh-hans"],
        "speakers": [
            {
                "role": "chair",
                "name": {"en": "Daw Example"},
                "position": {"en": "Director"},
                "organisation": {"en": "Ministry of Environment"},
                "topic": {},
            }
        ],
        "papers": [],
        "released_at": "2025-10-01T12:00:00+06:30",
        "is_final": False,
    }
)
class SessionSerializer(serializers.ModelSerializer[ReleasedSession]):
    """One part of a programme, as it was last released."""

    url = Self("session", "public_id")
    id = serializers.CharField(source="public_id", read_only=True)
    event = serializers.CharField(source="release.event.slug", read_only=True, help_text="The event, by `slug`.")
    title = ReleasedText()
    summary = ReleasedText(help_text="HTML.")
    starts_at = SessionInstant()
    ends_at = SessionInstant()
    time_zone = serializers.CharField(
        source="release.event.time_zone", read_only=True, help_text="The IANA name of the zone of the place."
    )
    room = ReleasedText()
    languages = serializers.ListField(
        source="content.languages", child=serializers.CharField(), read_only=True, help_text="The languages of work."
    )
    interpretation = serializers.ListField(
        source="content.interpretation",
        child=serializers.CharField(),
        read_only=True,
        help_text="Into which languages.",
    )
    speakers = SpeakerSerializer(source="content.speakers", many=True, read_only=True)
    papers = SessionPaperSerializer(source="content.papers", many=True, read_only=True)
    released_at = serializers.SerializerMethodField(help_text="Since when the programme reads like this.")
    is_final = serializers.BooleanField(
        source="release.is_final", read_only=True, help_text="False: the programme is provisional."
    )

    class Meta:
        model = ReleasedSession
        fields = (
            "url",
            "id",
            "event",
            "kind",
            "title",
            "summary",
            "starts_at",
            "ends_at",
            "time_zone",
            "room",
            "languages",
            "interpretation",
            "speakers",
            "papers",
            "released_at",
            "is_final",
        )
        read_only_fields = fields

    @extend_schema_field(INSTANT_SCHEMA)
    def get_released_at(self, session: ReleasedSession) -> str:
        return session.release.released_at.astimezone(session.release.event.zone).isoformat()
