"""What the API says of results: the things of the catalogue, and the files of documents."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.core.api.examples import example
from portal.core.api.fields import TEXT_SCHEMA, Codes, Instant, Link, PartialDate, Self, Whole, absolute
from portal.library.models import CatalogueItem, DocumentFile

HOST = settings.BASE_URL
THEMES_ABOUT = "Themes, by `code`."


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
