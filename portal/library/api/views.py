"""Results, themes, mandates and strands, to read."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from portal.core.api.filters import Choice, Code, Filter, Year
from portal.core.api.views import PublicResource
from portal.directory.api.views import country_filter
from portal.directory.models import Country
from portal.library.api.serializers import (
    MandateSerializer,
    ResultDetailSerializer,
    ResultSerializer,
    StrandDetailSerializer,
    StrandSerializer,
    ThemeSerializer,
)
from portal.library.enums import Adoption, MandateKind, StrandKind
from portal.library.kinds import all_kinds
from portal.library.languages import LANGUAGE_ORDER
from portal.library.models import CatalogueItem, Document, DocumentFile, Mandate, ProgrammeStrand, Theme
from portal.library.search.query import search


class LibraryResource(PublicResource):
    """What the library holds changes by the clock when the catalogue does."""

    def changes_after(self, at: datetime) -> datetime | None:
        return CatalogueItem.objects.next_change(at)


def public_themes() -> QuerySet[Theme]:
    """Themes that readers meet: of public frameworks, of coming ones, those of public things and those above them."""
    carried = CatalogueItem.objects.public().filter(Q(themes=OuterRef("pk")) | Q(themes__parent=OuterRef("pk")))
    framework = Mandate.objects.public().filter(pk=OuterRef("framework"))
    themes = Theme.objects.annotate(has_public_framework=Exists(framework))
    return themes.filter(Q(has_public_framework=True) | Q(framework__adoption=Adoption.NOT_YET) | Exists(carried))


def theme_filter(relation: str = "themes") -> Code:
    """A filter by theme; the topics beneath it count as well. ``relation`` leads to themes."""

    def of_theme(rows: QuerySet, code: str) -> QuerySet:
        themes = Theme.objects.filter(Q(code=code) | Q(parent__code=code))
        through: Any = getattr(rows.model, relation).through
        own = rows.model._meta.model_name
        return rows.filter(pk__in=through.objects.filter(theme__in=themes).values(own))

    return Code("theme", "The code of a theme or topic.", of_theme, among=public_themes, field="code")


class Results(LibraryResource):
    """What came of the programme: documents, outcomes of events, texts that were adopted. The latest first; with `q`,
    the best match first."""

    serializer_class = ResultSerializer
    detail_serializer_class = ResultDetailSerializer
    lookup_field = "public_id"
    filters: ClassVar[list[Filter]] = [
        Choice("kind", "What sort of thing it is.", "kind", values=lambda: [kind.code for kind in all_kinds()]),
        theme_filter(),
        country_filter("countries__code"),
        Year("year", "The year it belongs to.", "year"),
        Choice("language", "A language in which it can be read.", "languages__language", values=LANGUAGE_ORDER),
        Filter(
            "q", "Words in any language, in titles, summaries and texts.", lambda rows, text: search(text, rows).items
        ),
    ]

    def get_queryset(self) -> QuerySet[CatalogueItem]:
        rows = CatalogueItem.objects.public().results().with_texts().select_related("cover")
        return rows.prefetch_related("languages", "themes", Prefetch("countries", Country.objects.in_order()))


class Themes(LibraryResource):
    """Priority areas of the frameworks, and the topics beneath them."""

    serializer_class = ThemeSerializer
    lookup_field = "code"
    filters: ClassVar[list[Filter]] = [
        Code(
            "framework",
            "The slug of the mandate whose themes they are.",
            "framework__slug",
            among=Mandate.objects.public,
        ),
        Code("parent", "The code of the theme above.", "parent__code", among=public_themes, field="code"),
    ]

    def get_queryset(self) -> QuerySet[Theme]:
        topics = Prefetch("topics", public_themes())
        rows = public_themes().order_by(F("framework__period_from").asc(nulls_last=True), "order", "pk")
        return rows.select_related("framework", "parent").prefetch_related(topics)


class Mandates(LibraryResource):
    """What the programme rests on, the oldest first."""

    serializer_class = MandateSerializer
    lookup_field = "slug"
    filters: ClassVar[list[Filter]] = [
        Choice("kind", "What sort of text or decision it is.", "kind", values=MandateKind.values),
        Choice("adoption", "How far it has come.", "adoption", values=Adoption.values),
        Year("year", "A year within its period.", lambda rows, year: rows.filter(_covers(year))),
    ]

    def get_queryset(self) -> QuerySet:
        text = Document.objects.public().filter(pk=OuterRef("text"))
        files = DocumentFile.objects.select_related("document", "file")
        rows = Mandate.objects.public().annotate(has_public_text=Exists(text)).select_related("text")
        basis = Prefetch("basis", Mandate.objects.public(), to_attr="public_basis")
        rows = rows.order_by(F("day").asc(nulls_last=True), F("period_from").asc(nulls_last=True), "slug")
        return rows.prefetch_related(basis, "themes", Prefetch("text__files", files))


class Strands(LibraryResource):
    """The strands of the programme in the order of its own story."""

    serializer_class = StrandSerializer
    detail_serializer_class = StrandDetailSerializer
    lookup_field = "slug"
    filters: ClassVar[list[Filter]] = [
        Choice("kind", "What sort of strand it is.", "kind", values=StrandKind.values),
        theme_filter(),
    ]

    def get_queryset(self) -> QuerySet:
        public = ProgrammeStrand.objects.public()
        parent = public.filter(pk=OuterRef("parent"))
        rows = public.annotate(has_public_parent=Exists(parent)).select_related("parent")
        rows = rows.order_by("order", F("day").asc(nulls_last=True), "slug").prefetch_related(
            "names",
            "themes",
            Prefetch("predecessors", public, to_attr="public_predecessors"),
            Prefetch("mandates", Mandate.objects.public(), to_attr="public_mandates"),
        )
        return rows.prefetch_related("activities") if self.action == "retrieve" else rows


def _covers(year: int) -> Q:
    began = Q(period_from__lte=year)
    return (began & Q(period_to__gte=year)) | (began & Q(period_to__isnull=True)) | Q(period_from=None, day__year=year)
