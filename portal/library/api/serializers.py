"""What the API says of things of the library."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.core.api.examples import example
from portal.core.api.fields import (
    TEXT_SCHEMA,
    Codes,
    Instant,
    Link,
    PartialDate,
    Self,
    Translated,
    Website,
    Whole,
    absolute,
)
from portal.library.enums import Adoption
from portal.library.models import (
    CatalogueItem,
    DocumentFile,
    Mandate,
    ProgrammeStrand,
    StrandActivity,
    StrandName,
    Theme,
)

HOST = settings.BASE_URL
THEMES_ABOUT = "Themes, by `code`."


class PeriodSerializer(serializers.Serializer):
    """First and last year of a framework."""

    first = serializers.IntegerField(source="period_from", read_only=True, allow_null=True)
    last = serializers.IntegerField(source="period_to", read_only=True, allow_null=True)


class FileSerializer(serializers.ModelSerializer[DocumentFile]):
    """A document in one language."""

    url = Link(lambda one: reverse("library:document-file", args=[one.document.slug, one.language]))
    title = serializers.CharField(read_only=True, help_text="In the language of the file, where it is known.")
    content_type = serializers.CharField(source="file.content_type", read_only=True)
    bytes = serializers.IntegerField(source="file.size", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)

    class Meta:
        model = DocumentFile
        fields = ("language", "title", "url", "content_type", "bytes", "sha256")
        read_only_fields = fields


@extend_schema_field(TEXT_SCHEMA)
class CatalogueText(Whole):
    """One part of the texts of an item of the catalogue, by language."""

    def to_representation(self, value: Any) -> dict[str, str]:
        texts = {text.language: getattr(text, self.name) for text in value.texts.all()}
        return self.context["languages"].pick(texts)


@example(
    {
        "url": f"{HOST}/api/v1/results/7kq2m9x4ap3d/",
        "id": "7kq2m9x4ap3d",
        "kind": "document",
        "title": {"en": "Mangroves of the region: a stock-taking"},
        "summary": {"en": "What stands, what was planted, what was lost."},
        "date": "2025-10",
        "year": 2025,
        "languages": ["en", "zh-hans"],
        "countries": ["ID", "CN"],
        "themes": ["marine"],
        "page": f"{HOST}/en/results/documents/mangroves-stock-taking/",
        "cover": None,
        "public_since": "2025-11-03T02:00:00+00:00",
        "updated_at": "2025-11-03T02:00:00+00:00",
        "is_demo": False,
    }
)
class ResultSerializer(serializers.ModelSerializer[CatalogueItem]):
    """Something that came of the programme."""

    url = Self("result", "public_id")
    id = serializers.CharField(source="public_id", read_only=True)
    title = CatalogueText()
    summary = CatalogueText()
    date = PartialDate(source="day")
    languages = Codes("language", help_text="The languages in which it can be read.")
    countries = Codes(help_text="The countries concerned, in the order of protocol.")
    themes = Codes(help_text=THEMES_ABOUT)
    page = Link(lambda item: f"/{get_language()}/{item.address}", help_text="Its page for people.")
    cover = Link(lambda item: reverse("core:file", args=[item.cover.public_id]) if item.cover else None)
    public_since = Instant(source="public_from")
    updated_at = Instant()

    class Meta:
        model = CatalogueItem
        fields = (
            "url",
            "id",
            "kind",
            "title",
            "summary",
            "date",
            "year",
            "languages",
            "countries",
            "themes",
            "page",
            "cover",
            "public_since",
            "updated_at",
            "is_demo",
        )
        read_only_fields = fields


class ResultDetailSerializer(ResultSerializer):
    """The same with the files of a document and what it is related to."""

    files = serializers.SerializerMethodField(help_text="Of a document: a file for each language.")
    related = serializers.SerializerMethodField(help_text="Related things of the catalogue that are public.")

    class Meta(ResultSerializer.Meta):
        fields: Any = (*ResultSerializer.Meta.fields, "files", "related")
        read_only_fields: Any = fields

    @extend_schema_field(FileSerializer(many=True))
    def get_files(self, item: CatalogueItem) -> Any:
        if item.kind != "document":
            return []
        files = DocumentFile.objects.filter(document=item.object_id).select_related("document", "file")
        return FileSerializer(files, many=True, context=self.context).data

    @extend_schema_field(
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "kind", "title", "page"],
                "properties": {
                    "id": {"type": "string"},
                    "kind": {"type": "string"},
                    "title": TEXT_SCHEMA,
                    "page": {"type": "string", "format": "uri"},
                },
            },
        }
    )
    def get_related(self, item: CatalogueItem) -> list[dict[str, Any]]:
        related = CatalogueItem.objects.public().with_texts().filter(related=item)
        pick = self.context["languages"].pick
        return [
            {
                "id": one.public_id,
                "kind": one.kind,
                "title": pick({text.language: text.title for text in one.texts.all()}),
                "page": absolute(f"/{get_language()}/{one.address}"),
            }
            for one in related
        ]


@example(
    {
        "url": f"{HOST}/api/v1/themes/climate-change/",
        "code": "climate-change",
        "name": {"en": "Climate change"},
        "framework": "strategy-2021-2025",
        "period": {"first": 2021, "last": 2025},
        "adoption": "adopted",
        "parent": None,
        "topics": ["adaptation"],
    }
)
class ThemeSerializer(serializers.ModelSerializer[Theme]):
    """A priority area of one framework period, or a topic beneath it."""

    url = Self("theme", "code")
    name = Translated()
    framework = serializers.SerializerMethodField(help_text="The mandate, by `slug`; null while it is not public.")
    period = PeriodSerializer(source="framework", read_only=True, help_text="The years of the framework.")
    adoption = serializers.ChoiceField(source="framework.adoption", choices=Adoption.choices, read_only=True)
    parent = serializers.CharField(  # type: ignore[assignment]  # the metaclass takes fields out of the class
        source="parent.code", default=None, allow_null=True, read_only=True, help_text="The theme above, by `code`."
    )
    topics = Codes(help_text="The topics beneath it, by `code`.")

    class Meta:
        model = Theme
        fields = ("url", "code", "name", "framework", "period", "adoption", "parent", "topics")
        read_only_fields = fields

    def get_framework(self, theme: Any) -> str | None:
        return theme.framework.slug if theme.has_public_framework else None


@example(
    {
        "url": f"{HOST}/api/v1/mandates/strategy-2021-2025/",
        "slug": "strategy-2021-2025",
        "page": f"{HOST}/en/programme/mandates/strategy-2021-2025/",
        "kind": "strategy",
        "name": {"en": "Framework of Environmental Cooperation Strategy 2021–2025"},
        "short_name": {"en": "Strategy 2021–2025"},
        "body": {},
        "summary": {},
        "date": "2021",
        "period": {"first": 2021, "last": 2025},
        "adoption": "adopted",
        "rests_on": [],
        "themes": ["climate-change"],
        "files": [],
        "source": "",
        "is_demo": False,
    }
)
class MandateSerializer(serializers.ModelSerializer[Mandate]):
    """A summit statement, vision, strategy or action plan, under its name as printed."""

    url = Self("mandate")
    page = Link(Mandate.get_absolute_url, help_text="Its page for people.")
    name = Translated(help_text="As printed, never unified.")
    short_name = Translated()
    body = Translated(help_text="Who adopted or issued it.")
    summary = Translated()
    date = PartialDate(source="day")
    period = PeriodSerializer(source="*", read_only=True, help_text="The years it covers.")
    rests_on = Codes("slug", source="public_basis", help_text="The mandates beneath it, by `slug`.")
    themes = Codes(help_text="Its themes and their topics, by `code`.")
    files = serializers.SerializerMethodField(help_text="Its text, a file for each language.")

    class Meta:
        model = Mandate
        fields = (
            "url",
            "slug",
            "page",
            "kind",
            "name",
            "short_name",
            "body",
            "summary",
            "date",
            "period",
            "adoption",
            "rests_on",
            "themes",
            "files",
            "source",
            "is_demo",
        )
        read_only_fields = fields

    @extend_schema_field(FileSerializer(many=True))
    def get_files(self, mandate: Any) -> Any:
        files = mandate.text.files.all() if mandate.has_public_text else []
        return FileSerializer(files, many=True, context=self.context).data


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
