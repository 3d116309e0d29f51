"""What the API says of the strands of the programme."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from portal.core.api.examples import example
from portal.core.api.fields import Codes, Link, PartialDate, Self, Translated, Website
from portal.library.api.serializers.catalogue import THEMES_ABOUT
from portal.library.models import ProgrammeStrand, StrandActivity, StrandName

HOST = settings.BASE_URL


class StrandNameSerializer(serializers.ModelSerializer[StrandName]):
    """A name under which a strand is found in print."""

    class Meta:
        model = StrandName
        fields = ("name", "language")
        read_only_fields = fields


@example(
    {
        "url": f"{HOST}/api/v1/strands/green-envoys/",
        "slug": "green-envoys",
        "page": f"{HOST}/en/programme/strands/green-envoys/",
        "kind": "programme",
        "name": {"en": "Green Envoys"},
        "abbreviation": "",
        "names": [],
        "summary": {},
        "standing": {},
        "date": "2011",
        "is_proposal": False,
        "website": None,
        "part_of": None,
        "predecessors": [],
        "mandates": [],
        "themes": [],
        "source": "",
        "is_demo": False,
    }
)
class StrandSerializer(serializers.ModelSerializer[ProgrammeStrand]):
    """A partnership, platform, initiative … of the programme."""

    url = Self("strand")
    page = Link(ProgrammeStrand.get_absolute_url, help_text="Its page for people.")
    name = Translated(help_text="The official name.")
    names = StrandNameSerializer(many=True, read_only=True, help_text="Other names in print.")
    summary = Translated()
    standing = Translated(help_text="How it stands.")
    website = Website()
    date = PartialDate(source="day", help_text="Launched, or proposed where `is_proposal` says so.")
    part_of = serializers.SerializerMethodField(help_text="The strand that it is part of, by `slug`.")
    predecessors = Codes("slug", source="public_predecessors", help_text="By `slug`.")
    mandates = Codes("slug", source="public_mandates", help_text="By `slug`.")
    themes = Codes(help_text=THEMES_ABOUT)

    class Meta:
        model = ProgrammeStrand
        fields = (
            "url",
            "slug",
            "page",
            "kind",
            "name",
            "abbreviation",
            "names",
            "summary",
            "standing",
            "date",
            "is_proposal",
            "website",
            "part_of",
            "predecessors",
            "mandates",
            "themes",
            "source",
            "is_demo",
        )
        read_only_fields = fields

    def get_part_of(self, strand: Any) -> str | None:
        return strand.parent.slug if strand.has_public_parent else None


class ActivitySerializer(serializers.ModelSerializer[StrandActivity]):
    """Something a strand did."""

    title = Translated()
    place = Translated()
    date = PartialDate(source="day")

    class Meta:
        model = StrandActivity
        fields = ("title", "place", "date", "source")
        read_only_fields = fields


class StrandDetailSerializer(StrandSerializer):
    """The same with what the strand did."""

    activities = ActivitySerializer(many=True, read_only=True)

    class Meta(StrandSerializer.Meta):
        fields: Any = (*StrandSerializer.Meta.fields, "activities")
        read_only_fields: Any = fields
