"""Factories of the library: what a test does not name is the plainest valid value, and a draft.

``is_public=True`` makes a thing public since yesterday. Things that stand in the catalogue are entered there.
"""

from datetime import timedelta
from typing import Any

import factory
from django.db import models
from django.utils import timezone

from portal.core.models import StoredFile
from portal.library.enums import Adoption, MandateKind, PublishingStatus
from portal.library.files import DOCUMENT
from portal.library.models import (
    CatalogueItem,
    Document,
    DocumentFile,
    Mandate,
    Milestone,
    ProgrammeStrand,
    StatedFigure,
    Theme,
)
from portal.library.services.catalogue import enter
from tests.factories import StoredFileFactory


def item_for(obj: models.Model) -> CatalogueItem:
    """``obj`` as it is now, saved, and its entry in the catalogue, up to date."""
    obj.save()
    return enter(obj)


def _enter(obj: Any, create: bool, _given: Any, **_more: Any) -> None:
    if create:
        enter(obj)


def _set(name: str) -> Any:
    def set_relation(obj: Any, create: bool, given: Any, **_more: Any) -> None:
        if create and given:
            getattr(obj, name).set(given)

    return set_relation


def _make_files(obj: Document, create: bool, given: Any, **_more: Any) -> None:
    for language in (["en"] if given is None else given) if create else []:
        DocumentFileFactory(document=obj, language=language)


class PublishableFactory(factory.django.DjangoModelFactory):
    """What everything with the publishing workflow takes."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        is_public = factory.Trait(
            status=PublishingStatus.PUBLISHED,
            published_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )


class MandateFactory(PublishableFactory):
    class Meta:
        model = Mandate

    slug = factory.Sequence(lambda n: f"strategy-{n}")
    kind = MandateKind.STRATEGY
    adoption = Adoption.ADOPTED
    name_en = factory.Sequence(lambda n: f"Strategy on Environmental Cooperation {n}")
    name_zh_hans = factory.Sequence(lambda n: f"环境合作战略{n}")
    period_from = 2021
    period_to = 2025

    entered = factory.PostGeneration(_enter)


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    framework = factory.SubFactory(MandateFactory)
    code = factory.Sequence(lambda n: f"theme-{n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")
    name_zh_hans = factory.Sequence(lambda n: f"主题{n}")


class ProgrammeStrandFactory(PublishableFactory):
    """``themes=[…]`` ties it to themes."""

    class Meta:
        model = ProgrammeStrand

    slug = factory.Sequence(lambda n: f"strand-{n}")
    name_en = factory.Sequence(lambda n: f"Partnership {n}")
    name_zh_hans = factory.Sequence(lambda n: f"伙伴关系{n}")

    themes = factory.PostGeneration(_set("themes"))
    entered = factory.PostGeneration(_enter)


class DocumentFactory(PublishableFactory):
    """A document with a file in English; ``languages=["en", "th"]`` for others."""

    class Meta:
        model = Document

    slug = factory.Sequence(lambda n: f"report-{n}")
    title_en = factory.Sequence(lambda n: f"Report {n}")
    title_zh_hans = factory.Sequence(lambda n: f"报告{n}")

    languages = factory.PostGeneration(_make_files)
    themes = factory.PostGeneration(_set("themes"))
    countries = factory.PostGeneration(_set("countries"))
    entered = factory.PostGeneration(_enter)


class DocumentFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DocumentFile

    document = factory.SubFactory(DocumentFactory)
    language = "en"
    file: StoredFile = factory.SubFactory(StoredFileFactory, purpose=DOCUMENT, name="report.pdf")


class MilestoneFactory(PublishableFactory):
    class Meta:
        model = Milestone

    code = factory.Sequence(lambda n: f"milestone-{n}")
    title_en = factory.Sequence(lambda n: f"Milestone {n}")
    title_zh_hans = factory.Sequence(lambda n: f"里程碑{n}")
    day = "2011-05-24"


class StatedFigureFactory(PublishableFactory):
    class Meta:
        model = StatedFigure

    code = factory.Sequence(lambda n: f"figure-{n}")
    what_en = factory.Sequence(lambda n: f"People trained {n}")
    what_zh_hans = factory.Sequence(lambda n: f"培训人数{n}")
    value = 1000
