"""About: the centres under their exact names in both languages, from the directory, and no more than is public."""

import pytest

from portal.directory.models import Organisation

pytestmark = [pytest.mark.usefixtures("opening_content"), pytest.mark.django_db]
NAMES = [
    ("Foreign Environmental Cooperation Center", "生态环境部对外合作与交流中心"),
    ("China-ASEAN Environmental Cooperation Center", "中国–东盟环境保护合作中心"),
    ("Lancang-Mekong Environmental Cooperation Center", "澜沧江–湄公河环境合作中心"),
    ("Ministry of Ecology and Environment", "生态环境部"),
]
QUERIES = 3


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_centres_stand_under_both_names_with_their_years(client, language, settings):
    page = client.get(f"/{language}/about/").content.decode()
    for english, chinese in NAMES:
        assert english in page
        assert chinese in page
    for year in ("2010", "2011", "2017", "2019"):
        assert year in page
    assert "Environmental Cooperation Center of the Ministry of Environmental Protection" in page
    assert settings.OFFICE_EMAIL in page
    assert "100035" in page


def test_before_anything_is_public_the_page_names_no_organisation(client):
    Organisation.objects.update(is_public=False)
    page = client.get("/en/about/").content.decode()
    assert "The office is confirming what stands here." in page


def test_an_organisation_that_is_not_shown_in_public_stays_out(client):
    Organisation.objects.filter(slug="lmec").update(is_public=False)
    assert "Lancang" not in client.get("/en/about/").content.decode().partition("<main")[2].replace(
        "along the Lancang", ""
    )


def test_the_page_takes_few_queries_however_many_bodies_there_are(client, django_assert_num_queries):
    for number in range(3):
        Organisation.objects.create(name_en=f"Body {number}", kind="asean", is_public=True)
        with django_assert_num_queries(QUERIES):
            client.get("/en/about/")
