"""Countries and organisations, to read."""

from typing import ClassVar

from django.db.models import F

from portal.core.api.filters import Choice, Code, Filter
from portal.core.api.views import PublicResource
from portal.directory.api.serializers import CountrySerializer, OrganisationSerializer
from portal.directory.enums import OrganisationKind, Party
from portal.directory.models import Country, Organisation

COUNTRY_ABOUT = "The ISO 3166-1 code of a country, two letters."


def country_filter(apply: str) -> Code:
    """A filter by country, by the code of the country in ``apply``."""
    return Code("country", COUNTRY_ABOUT, apply, among=Country.objects.in_order, field="code", fold=str.upper)


class Countries(PublicResource):
    """Countries in the order of protocol: the Member States and China first, then every other by its English name."""

    queryset = Country.objects.in_order().prefetch_related("memberships")
    serializer_class = CountrySerializer
    lookup_field = "code"
    filters: ClassVar[list[Filter]] = [
        Choice("party", "What a country is to the programme.", "party", values=Party.values),
    ]


class Organisations(PublicResource):
    """Organisations that agreed to be shown in public."""

    queryset = (
        Organisation.objects.filter(is_public=True, slug__isnull=False)
        .select_related("country", "predecessor")
        .order_by(F("name_en").asc(nulls_last=True), "pk")
    )
    serializer_class = OrganisationSerializer
    lookup_field = "slug"
    filters: ClassVar[list[Filter]] = [
        Choice("kind", "What sort of organisation it is.", "kind", values=OrganisationKind.values),
        country_filter("country__code"),
        Filter("q", "Words of its name, in any order.", lambda rows, text: rows.search(text)),
    ]
