"""What the API says of countries and organisations."""

from typing import Any

from rest_framework import serializers

from portal.core.api.examples import example
from portal.core.api.fields import Self, Translated, Website
from portal.directory.models import Country, Membership, Organisation


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """When a country was an ASEAN Member State."""

    class Meta:
        model = Membership
        fields = ("valid_from", "valid_to")
        read_only_fields = fields


@example(
    {
        "url": "http://127.0.0.1:8000/api/v1/countries/TL/",
        "code": "TL",
        "code3": "TLS",
        "name": {"en": "Timor-Leste"},
        "formal_name": {"en": "Democratic Republic of Timor-Leste"},
        "party": "member",
        "order": {"china_after_members": 10, "china_among_members": 11},
        "time_zones": ["Asia/Dili"],
        "memberships": [{"valid_from": "2025-10-26", "valid_to": None}],
    }
)
class CountrySerializer(serializers.ModelSerializer[Country]):
    """A country as the office words it."""

    url = Self("country", "code")
    name = Translated()
    formal_name = Translated()
    order = serializers.SerializerMethodField(
        help_text="The place among the parties in each of the two orders of protocol; null for other countries."
    )
    time_zones = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="IANA names, the main one first."
    )
    memberships = MembershipSerializer(many=True, read_only=True)

    class Meta:
        model = Country
        fields = ("url", "code", "code3", "name", "formal_name", "party", "order", "time_zones", "memberships")
        read_only_fields = fields

    def get_order(self, country: Country) -> dict[str, int | None]:
        return {
            "china_after_members": country.order_members_then_china,
            "china_among_members": country.order_all,
        }


@example(
    {
        "url": "http://127.0.0.1:8000/api/v1/organisations/asean-centre-for-biodiversity/",
        "slug": "asean-centre-for-biodiversity",
        "kind": "asean",
        "name": {"en": "ASEAN Centre for Biodiversity"},
        "abbreviation": "ACB",
        "other_names": [],
        "country": "PH",
        "website": None,
        "valid_from": None,
        "valid_to": None,
        "predecessor": None,
    }
)
class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """An organisation that agreed to be shown."""

    url = Self("organisation")
    name = Translated()
    website = Website()
    other_names = serializers.ListField(
        source="alternative_names", child=serializers.CharField(), read_only=True, help_text="As they were printed."
    )
    country = serializers.CharField(source="country.code", default=None, read_only=True, allow_null=True)
    predecessor = serializers.SerializerMethodField(help_text="The organisation that it continues, by `slug`.")

    class Meta:
        model = Organisation
        fields = (
            "url",
            "slug",
            "kind",
            "name",
            "abbreviation",
            "other_names",
            "country",
            "website",
            "valid_from",
            "valid_to",
            "predecessor",
        )
        read_only_fields = fields

    def get_predecessor(self, organisation: Organisation) -> str | None:
        before: Any = organisation.predecessor
        return before.slug if before is not None and before.is_public else None
