"""Opening content of the library: complete, draft until published, per field, and nobody's decision is undone."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from portal.core.audit import log
from portal.core.enums import FactStatus, Grade
from portal.core.facts import confirm_fact, reject_fact
from portal.core.models import Fact
from portal.library.enums import Adoption, MandateKind, PublishingStatus
from portal.library.models import CatalogueItem, Mandate, Milestone, ProgrammeStrand, StatedFigure, StrandName, Theme
from portal.library.search.query import search
from portal.library.services.content import DATA
from portal.library.services.publishing import publish, unpublish

pytestmark = [pytest.mark.usefixtures("opening_drafts"), pytest.mark.django_db]
LETTER = "Letter of 3 March 2026"
CITIES = "ASEAN-China Partnership for Eco-friendly Urban Development"


def load(**options: bool) -> str:
    out = StringIO()
    call_command("load_opening_content", stdout=out, **options)
    return out.getvalue()


def fact_of(obj, field: str) -> Fact:
    return Fact.objects.of(obj).get(field=field)


def test_every_name_of_the_programme_has_a_home():
    assert Mandate.objects.count() == 16
    assert set(Mandate.objects.filter(adoption=Adoption.NOT_YET).values_list("slug", flat=True)) == {
        "framework-2026-2030"
    }
    names = set(ProgrammeStrand.objects.values_list("name_en", flat=True)) | set(
        StrandName.objects.values_list("name", flat=True)
    )
    for name in (
        "ASEAN-China Green Envoys Program",
        CITIES,
        "ASEAN-China Environmental Information Sharing Platform",
        "Nature-based Solution: ASEAN-China Mangroves Conservation Partnership",
        "China-ASEAN Mangrove Protection Alliance",
        "China-ASEAN mangrove conservation network (NGOs) and initiative",
        "Marine Plastic Reduction Initiative for the China-ASEAN Partnership for Eco-friendly Urban Development",
        f"Marine Plastics Reduction Action under the framework of {CITIES}",
        "China-ASEAN Cooperation Initiative on Marine Plastic Reduction for Coastal Cities",
        "ASEAN-China Initiative of Tackling Climate Change and Improving Air Quality",
        "China-ASEAN Collaborative Action on Climate Change and Air Quality Improvement",
        "China-ASEAN Partnership on Blue Economy",
        "China-ASEAN Environmental Cooperation Week",
        "2021 ASEAN-China Year of Sustainable Development Cooperation",
    ):
        assert name in names
    assert Theme.objects.filter(framework__slug="framework-2021-2025", parent=None).count() == 4
    assert Theme.objects.filter(parent__isnull=False).count() == 20
    assert (Milestone.objects.count(), StatedFigure.objects.count()) == (8, 2)


def test_names_are_those_that_were_printed():
    framework = Mandate.objects.get(slug="framework-2021-2025")
    assert framework.name_en == "Framework of ASEAN-China Environmental Cooperation Strategy and Action Plan 2021-2025"
    assert framework.name_zh_hans == "中国—东盟环境合作战略及行动框架（2021—2025）"
    chinese = dict(ProgrammeStrand.objects.values_list("slug", "name_zh_hans"))
    assert chinese["eco-cities"] == "中国—东盟生态友好城市发展伙伴关系"
    assert chinese["information-sharing-platform"] == "中国—东盟环境信息共享平台"
    assert chinese["green-envoys"] == "中国—东盟绿色使者计划"
    assert chinese["focal-points-meeting"] == "中国—东盟环境合作国家联络员会议"
    assert chinese["cooperation-week"] == "中国—东盟环境合作周"
    assert not chinese["mangrove-alliance"]


def test_everything_comes_in_as_a_draft_with_source_and_grade_and_each_field_as_a_fact():
    for table in (Mandate, ProgrammeStrand, Milestone, StatedFigure):
        for record in table.objects.all():
            assert record.status == PublishingStatus.DRAFT
            assert record.source
            assert record.source_grade in Grade.values
            assert Fact.objects.of(record).exists()
    assert not CatalogueItem.objects.public().exists()
    assert set(Fact.objects.values_list("status", flat=True)) == {FactStatus.OPEN}
    assert not Fact.objects.filter(grade=Grade.RECALLED, is_shown=True).exists()
    assert not Fact.objects.exclude(grade=Grade.RECALLED).filter(is_shown=False).exists()


def test_relations_are_loaded():
    initiative = ProgrammeStrand.objects.get(slug="marine-plastic-initiative")
    assert [mandate.slug for mandate in initiative.mandates.all()] == ["summit-22"]
    assert Mandate.objects.get(slug="strategy-2009-2015").basis.get().slug == "summit-11"
    assert ProgrammeStrand.objects.get(slug="marine-plastics-reduction-action").parent.slug == "eco-cities"


def test_texts_of_asean_are_no_results_of_the_programme():
    load(publish_sourced=True)
    own = Mandate.objects.filter(kind=MandateKind.ASEAN)
    assert own.count() == 2
    assert not any(mandate.is_result for mandate in own)
    results = CatalogueItem.objects.public().results().filter(kind="mandate")
    assert {item.subject.slug for item in results} == {
        "strategy-2009-2015",
        "strategy-2016-2020",
        "framework-2021-2025",
        "joint-statement-2021",
    }


def test_a_theme_whose_name_was_only_recalled_is_not_there_until_the_name_is_confirmed(superuser):
    load(publish_sourced=True)
    assert not Theme.objects.filter(framework__slug="strategy-2009-2015").exists()
    theme = Theme._base_manager.get(code="2009-2015-goods")
    confirm_fact(fact_of(theme, "name_en"), evidence=LETTER, by=superuser)
    assert Theme.objects.get(framework__slug="strategy-2009-2015").name_en == "Environmental goods and services"


def test_publishing_later_publishes_the_same_and_only_once():
    assert "records of the programme published: 40 new" in load(publish_sourced=True)
    assert CatalogueItem.objects.public().filter(kind="strand").count() == 14
    assert "records of the programme published: 0 new" in load(publish_sourced=True)


def test_a_confirmed_name_appears_in_the_catalogue_and_is_not_loaded_over(superuser):
    load(publish_sourced=True)
    strand = ProgrammeStrand.objects.get(slug="mangrove-alliance")
    item = CatalogueItem.objects.get(kind="strand", object_id=strand.pk)
    assert not item.texts.filter(language="zh-hans").exists()
    confirm_fact(fact_of(strand, "name_zh_hans"), evidence=LETTER, by=superuser)
    assert item.texts.get(language="zh-hans").title == "中国—东盟红树林保护联盟"
    load(publish_sourced=True)
    assert fact_of(strand, "name_zh_hans").status == FactStatus.CONFIRMED


def test_a_strand_without_a_chinese_name_is_found_by_the_chinese_said_of_it():
    load(publish_sourced=True)
    found = search("红树林", CatalogueItem.objects.public()).items
    slugs = {item.subject.slug for item in found if item.kind == "strand"}
    assert {"mangrove-partnership", "mangrove-alliance", "mangrove-network"} <= slugs


def test_what_the_office_rejected_unpublished_or_began_to_edit_stays_so(superuser):
    fact = fact_of(ProgrammeStrand.objects.get(slug="eco-cities"), "name_zh_hans")
    reject_fact(fact, evidence=LETTER, by=superuser)
    once_public = Mandate.objects.get(slug="summit-11")
    publish(once_public, by=superuser)
    unpublish(once_public, by=superuser)
    load(publish_sourced=True)
    assert not ProgrammeStrand.objects.get(slug="eco-cities").name_zh_hans
    assert Mandate.objects.get(slug="summit-11").status == PublishingStatus.UNPUBLISHED


def test_a_draft_that_somebody_edits_is_theirs_to_publish(officer):
    strand = ProgrammeStrand.objects.get(slug="eco-cities")
    log(strand, "changed", by=officer, changes={"summary_en": ["a", "b"]})
    load(publish_sourced=True)
    strand.refresh_from_db()
    assert strand.status == PublishingStatus.DRAFT


def test_while_a_second_person_has_to_check_nothing_is_published_by_itself(settings):
    settings.PUBLISH_SECOND_CHECK = True
    assert "records of the programme published: 0 new" in load(publish_sourced=True)
    assert not CatalogueItem.objects.public().exclude(kind="event").exists()


def test_the_data_files_say_of_each_record_where_it_was_read():
    for path in DATA.glob("*.json"):
        for key, records in json.loads(path.read_text(encoding="utf-8")).items():
            for record in records if key != "about" else []:
                assert record["source"], record
                assert record["grade"] in {"official", "press"}, record
