"""The programme's story: one line, told by kind, with what is counted and what is stated kept apart."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.models import Event
from portal.core.pagecache.marks import UNTIL
from portal.library.models import Mandate, Milestone, ProgrammeStrand, StatedFigure
from portal.library.services.publishing import unpublish

pytestmark = [pytest.mark.usefixtures("opening_content"), pytest.mark.django_db]
QUERIES = 8


def main(client, address="/en/programme/") -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main")[0]


def test_all_fourteen_editions_mandates_strands_and_milestones_stand_on_the_line(client):
    page = main(client)
    assert page.count('<li class="edition">') == 14
    assert page.count('<li class="mandate">') == 9
    assert page.count('<li class="strategy">') == 7
    assert page.count('<li class="strand">') == ProgrammeStrand.objects.count() == 14
    assert page.count('<li class="milestone">') == Milestone.objects.count() == 8
    assert "edition 14" in page


def test_the_moments_stand_under_the_periods_the_latest_first(client):
    page = main(client)
    places = [page.index(f">{period}</h3>") for period in ("2026–2030", "2021–2025", "2016–2020", "2009–2015")]
    assert places == sorted(places)
    assert places[-1] < page.index("Before 2009") < page.index("Date not found")


@pytest.mark.parametrize("kind", ["edition", "mandate", "strategy", "strand", "milestone"])
def test_one_kind_alone_is_a_link_away(client, kind):
    assert f"?kind={kind}#timeline" in main(client)
    page = main(client, f"/en/programme/?kind={kind}")
    line = page[page.index('id="timeline"') :]
    assert line.count('<li class="') == line.count(f'<li class="{kind}"') > 0


def test_an_unknown_kind_is_an_empty_line_with_the_way_back(client):
    response = client.get("/en/programme/?kind=" + "x" * 3000)
    assert response.status_code == 200
    assert "Nothing of this kind stands on the line." in response.content.decode()
    assert "See everything" in response.content.decode()


def test_the_framework_shows_its_areas_and_that_the_next_is_not_adopted(client):
    page = main(client)
    assert "Climate change and air quality improvement" in page
    assert "Low-carbon development" in page
    assert "2026–2030 · not yet adopted" in " ".join(page.split())
    assert page.count('<div class="card">') == 4


def test_counted_and_stated_are_two_boxes(client):
    page = main(client)
    counted, stated = page.split('id="stated"')[0], page.split('id="stated"')[1].split('id="framework"')[0]
    assert "<b>14</b>" in counted
    assert "figure stated" not in counted
    assert stated.count('<figure class="figure stated">') == 2
    assert "<b>9</b>" in stated
    assert "as of 2021" in stated
    assert "Source:" in stated


def test_one_country_is_counted_as_one(client):
    page = main(client)
    assert "<b>1</b>" in page
    assert "<figcaption>country in which events were held" in page


def test_the_coming_framework_stands_below_the_areas_of_the_present_one(client):
    page = main(client)
    assert page.rindex('<div class="card">') < page.index("2026–2030 ·")


def test_what_no_source_says_of_an_event_is_not_said(client):
    """How the forums of the past were held was read of one alone; the others say nothing of it, here or to machines."""
    first, tenth = (client.get(f"/en/forums/forum-{year}/").content.decode() for year in (2011, 2021))
    assert "in person" not in first
    assert "AttendanceMode" not in first
    assert '"location"' not in first
    assert "in person and online" in tenth
    assert "MixedEventAttendanceMode" in tenth


def test_the_page_of_an_event_names_its_source(client):
    page = " ".join(main(client, "/en/forums/forum-2011/").split())
    assert 'Source: <span lang="en">People&#x27;s Daily Online 2019-09-18' in page


def test_only_a_whole_address_of_a_source_is_a_link(client):
    page = main(client, "/en/forums/forum-2022/")
    assert 'href="http://en.people.cn/n3/2022/0828/c90000-10140554.html"' in page
    copy = main(client, "/en/programme/strands/green-envoys/")
    assert "eastftp.net" in copy
    assert 'href="http://newnetwebnt02' not in copy


def test_what_is_unpublished_or_not_published_yet_stands_nowhere(client, superuser):
    unpublish(ProgrammeStrand.objects.get(slug="blue-economy"), by=superuser)
    later = timezone.now() + timedelta(hours=1)
    Milestone.objects.filter(code="timor-leste").update(publish_at=later)
    StatedFigure.objects.filter(code="forum-held").update(publish_at=later)
    page = main(client)
    assert "Blue Economy" not in page
    assert "Timor-Leste" not in page
    assert "Forum was held" not in page


def test_before_anything_is_published_the_page_says_so(client):
    Event.objects.update(status="draft")
    for table in (Mandate, ProgrammeStrand, Milestone, StatedFigure):
        table.objects.update(status="draft")
    page = main(client)
    assert "Nothing is published here yet." in page
    assert "Green Envoys" not in page


def test_the_page_takes_the_same_queries_for_one_record_more_or_less(client, django_assert_num_queries):
    for number in range(3):
        Mandate.objects.create(slug=f"m-{number}", name_en=f"Statement {number}", status="published")
        with django_assert_num_queries(QUERIES):
            client.get("/en/programme/")


@pytest.mark.parametrize(
    ("table", "code", "address"),
    [
        (Milestone, "timor-leste", "/en/programme/"),
        (Milestone, "caec-inaugurated", "/en/about/"),
        (StatedFigure, "green-envoys-activities", "/en/programme/strands/green-envoys/"),
    ],
)
def test_a_page_is_kept_until_what_stands_in_no_catalogue_becomes_public(client, table, code, address):
    soon = timezone.now() + timedelta(minutes=5)
    assert table.objects.filter(code=code).update(publish_at=soon, status="published")
    response = client.get(address)
    assert response.wsgi_request.META[UNTIL] == pytest.approx(soon.timestamp())
