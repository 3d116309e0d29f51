"""What the API says of mandates, and of the themes of each framework."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.core.api.examples import example
from portal.core.api.fields import Codes, Link, PartialDate, Self, Translated
from portal.library.api.serializers.catalogue import FileSerializer
from portal.library.enums import Adoption
from portal.library.models import Mandate, Theme

HOST = settings.BASE_URL


class PeriodSerializer(serializers.Serializer):
    """First and last year of a framework."""

    first = serializers.IntegerField(source="period_from", read_only=True, allow_null=True)
    last = serializers.IntegerField(source="period_to", read_only=True, allow_null=True)


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
