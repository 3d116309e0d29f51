"""The pages of single records, their files, and what stands around them."""

import json
import re
from datetime import date

import pytest
from django.core.files.base import ContentFile

from portal.library.enums import Adoption
from portal.library.models import Document, StrandActivity, StrandName
from portal.library.services.catalogue import relate
from tests.factories import CountryFactory, OrganisationFactory
from tests.library_factories import (
    DocumentFactory,
    MandateFactory,
    ProgrammeStrandFactory,
    StatedFigureFactory,
    ThemeFactory,
    item_for,
)

pytestmark = pytest.mark.django_db


def page_of(client, thing, language: str = "en") -> str:
    response = client.get(f"/{language}/{item_for(thing).address}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def json_ld_of(page: str) -> dict:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found)


@pytest.mark.parametrize("factory", [DocumentFactory, MandateFactory, ProgrammeStrandFactory])
def test_what_is_not_public_does_not_exist(client, factory):
    thing = factory()
    assert client.get(thing.get_absolute_url()).status_code == 404
    assert client.get(factory(is_public=True).get_absolute_url()).status_code == 200


def full_document() -> Document:
    document = DocumentFactory(
        is_public=True,
        title_en="Mangroves",
        title_zh_hans="红树林",
        summary_en="What was learnt.",
        day=date(2024, 5, 1),
        day_precision="month",
        authors="Li Na",
        publisher=OrganisationFactory(name_en="Ministry"),
        licence="CC-BY-4.0",
        source="https://www.example.org/report",
        source_grade="official",
        themes=[ThemeFactory()],
        countries=[CountryFactory()],
        languages=["th", "en"],
    )
    relate(document, MandateFactory(is_public=True, name_en="The related strategy"))
    relate(document, MandateFactory(name_en="A related draft"))
    return document


@pytest.mark.parametrize("rows", [1, 3])
def test_a_document_takes_the_same_queries_for_one_and_three_of_everything(client, django_assert_num_queries, rows):
    document = full_document()
    for _ in range(rows - 1):
        document.themes.add(ThemeFactory())
        relate(document, full_document())
    with django_assert_num_queries(8):
        assert client.get(document.get_absolute_url()).status_code == 200


def test_a_document_shows_its_files_source_citation_and_what_is_related(client):
    document = full_document()
    page = page_of(client, document)
    assert page.index(f"/en/results/documents/{document.slug}/en/") < page.index(
        f"/en/results/documents/{document.slug}/th/"
    )
    assert '<span lang="zh-Hans">红树林</span>' in page
    assert "May 2024" in page
    assert "Creative Commons Attribution 4.0" in page
    assert f"Li Na (2024). Mangroves. Ministry. http://127.0.0.1:8000/en/results/documents/{document.slug}/" in page
    assert 'href="https://www.example.org/report"' in page
    assert "The related strategy" in page
    assert "A related draft" not in page
    assert f"/en/report/{item_for(document).public_id}/" in page


def test_a_document_says_of_itself_what_it_is(client):
    document = full_document()
    page = page_of(client, document)
    data = json_ld_of(page)
    assert data["@type"] == "Report"
    assert data["name"] == "Mangroves"
    assert data["datePublished"] == "2024-05"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [file["inLanguage"] for file in data["encoding"]] == ["en", "th"]
    assert '<meta name="description" content="What was learnt.">' in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/en/results/documents/{document.slug}/">' in page
    assert '<meta property="og:title" content="Mangroves">' in page
    assert 'hreflang="zh-hans"' in page


def test_nothing_in_a_title_ends_the_script_of_the_description(client):
    document = DocumentFactory(is_public=True, title_en="</script><b>Mud</b> & more", summary_en='"quoted" <!--')
    page = page_of(client, document)
    assert "<b>Mud" not in page
    assert json_ld_of(page)["name"] == "</script><b>Mud</b> & more"


def body_of(response) -> bytes:
    body = b"".join(response.streaming_content)
    for close in response._resource_closers:  # a server does; close() would end the test's transaction as well
        close()
    return body


def test_a_file_is_served_whole_and_in_part_to_everybody_once_public(client):
    document = DocumentFactory(is_public=True)
    file = document.files.get().file
    file.file.save("x", ContentFile(b"%PDF-1.4 a paper"))
    url = f"/en/results/documents/{document.slug}/en/"
    whole = client.get(url)
    assert body_of(whole) == b"%PDF-1.4 a paper"
    assert whole.headers["Content-Type"] == "application/pdf"
    part = client.get(url, headers={"Range": "bytes=1-3"})
    assert (part.status_code, body_of(part)) == (206, b"PDF")
    assert client.get(f"/en/results/documents/{document.slug}/th/").status_code == 404
    draft = DocumentFactory()
    assert client.get(f"/en/results/documents/{draft.slug}/en/").status_code == 404


def full_mandate():
    document = DocumentFactory(is_public=True)
    mandate = MandateFactory(
        is_public=True, text=document, body_en="Environment ministers", day=date(2021, 1, 1), day_precision="year"
    )
    mandate.basis.add(MandateFactory(is_public=True, name_en="The vision"), MandateFactory(name_en="A draft vision"))
    MandateFactory(is_public=True, name_en="The plan").basis.add(mandate)
    strand = ProgrammeStrandFactory(is_public=True, name_en="The strand")
    strand.mandates.add(mandate)
    theme = ThemeFactory(framework=mandate, name_en="Nature")
    ThemeFactory(framework=mandate, parent=theme, name_en="Mangroves")
    return mandate


def test_a_mandate_shows_what_it_rests_on_and_what_rests_on_it(client):
    mandate = full_mandate()
    page = page_of(client, mandate)
    for words in ("The vision", "The plan", "The strand", "Nature", "Mangroves", "Environment ministers", "2021–2025"):
        assert words in page
    assert "A draft vision" not in page
    assert f"/en/results/documents/{mandate.text.slug}/en/" in page
    assert "<dd> adopted </dd>" in page


def test_official_names_stand_as_printed_in_both_languages(client):
    mandate = MandateFactory(is_public=True, name_en="ASEAN-China Strategy", name_zh_hans="中国—东盟战略")
    assert '<span lang="zh-Hans">中国—东盟战略</span>' in page_of(client, mandate)
    assert '<span lang="en">ASEAN-China Strategy</span>' in page_of(client, mandate, "zh-hans")


@pytest.mark.parametrize(
    ("adoption", "words"),
    [(Adoption.NOT_YET, "not yet adopted"), (Adoption.UNKNOWN, "no adoption is known to us")],
)
def test_a_mandate_says_honestly_whether_it_was_adopted(client, adoption, words):
    assert words in page_of(client, MandateFactory(is_public=True, adoption=adoption))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_mandate_takes_the_same_queries_for_one_and_three_of_everything(client, django_assert_num_queries, rows):
    mandate = full_mandate()
    for _ in range(rows - 1):
        mandate.basis.add(full_mandate())
        theme = ThemeFactory(framework=mandate)
        ThemeFactory(framework=mandate, parent=theme)
        relate(mandate, full_document())
    relate(mandate, full_document())
    with django_assert_num_queries(11):
        assert client.get(mandate.get_absolute_url()).status_code == 200


def full_strand(activities: int = 1):
    strand = ProgrammeStrandFactory(
        is_public=True, themes=[ThemeFactory()], parent=ProgrammeStrandFactory(is_public=True, name_en="The house")
    )
    strand.predecessors.add(ProgrammeStrandFactory(is_public=True, name_en="The old one"))
    ProgrammeStrandFactory(is_public=True, name_en="The part", parent=strand)
    strand.mandates.add(MandateFactory(is_public=True, name_en="The mandate"))
    StrandName.objects.create(strand=strand, name="绿色使者", language="zh-hans", source="A newspaper")
    StatedFigureFactory(
        is_public=True, strand=strand, value=30, unit_en="activities", qualifier_en="more than", as_of="2021"
    )
    StatedFigureFactory(strand=strand, what_en="A draft figure")
    for number in range(activities):
        StrandActivity.objects.create(strand=strand, title_en=f"Seminar {number}", source="A report")
    return strand


def test_a_strand_shows_names_kin_mandates_figures_and_activities_with_their_sources(client):
    page = page_of(client, full_strand())
    for words in ("The house", "The old one", "The part", "The mandate", "A newspaper", "Seminar 0", "A report"):
        assert words in page
    assert '<span lang="zh-Hans">绿色使者</span>' in page
    assert "more than" in page
    assert "<b>30</b>" in page
    assert "as of 2021" in page
    assert "A draft figure" not in page


def test_a_date_that_is_only_proposed_is_called_so(client):
    day = {"day": date(2023, 11, 1), "day_precision": "month"}
    assert "<dt>Proposed</dt> <dd> November 2023" in page_of(
        client, ProgrammeStrandFactory(is_public=True, is_proposal=True, **day)
    )
    assert "<dt>Launched</dt> <dd> November 2023" in page_of(client, ProgrammeStrandFactory(is_public=True, **day))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_strand_takes_the_same_queries_for_one_and_three_of_everything(client, django_assert_num_queries, rows):
    strand = full_strand(rows)
    for _ in range(rows - 1):
        strand.predecessors.add(full_strand())
        strand.mandates.add(full_mandate())
        strand.themes.add(ThemeFactory())
        relate(strand, full_document())
    relate(strand, full_document())
    with django_assert_num_queries(12):
        assert client.get(strand.get_absolute_url()).status_code == 200


def test_many_activities_are_paged_and_a_page_that_does_not_exist_leads_back(client):
    strand = full_strand(21)
    url = strand.get_absolute_url()
    assert client.get(url).content.decode().count("<time>") == 20
    assert client.get(f"{url}?page=2").content.decode().count("<time>") == 1
    for number in ("3", "0", "abc"):
        page = client.get(f"{url}?page={number}").content.decode()
        assert "This list has no page of that number." in page


def test_a_strand_without_activities_has_no_empty_part_for_them(client):
    assert "What it did" not in page_of(client, ProgrammeStrandFactory(is_public=True))


def test_a_name_that_stands_in_the_other_language_says_so(client):
    """In the words of the page's own language: read in English, the English name is what is missing."""
    said = "There is no confirmed English name yet"
    both = MandateFactory(slug="both", is_public=True, name_en="Strategy", name_zh_hans="战略")
    chinese = ProgrammeStrandFactory(slug="alone", is_public=True, name_en="", name_zh_hans="红树林联盟")
    assert said not in client.get(both.get_absolute_url()).content.decode()
    page = client.get(chinese.get_absolute_url()).content.decode()
    assert said in page
    assert '<h1><span lang="zh-Hans">红树林联盟</span></h1>' in page
    assert said not in client.get("/zh-hans/programme/strands/alone/").content.decode()
