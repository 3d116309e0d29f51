"""The style guide: for staff alone, and nothing that pages are made of is missing from it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ADDRESS = "/en/styleguide/"


@pytest.fixture
def page(client, reader) -> str:
    client.force_login(reader)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_nobody_else_learns_that_it_exists(client, delegate):
    assert client.get(ADDRESS).status_code == 404
    client.force_login(delegate)
    assert client.get(ADDRESS).status_code == 404


def test_it_shows_every_part_that_there_is(page):
    parts = {path.name for path in (TEMPLATES / "partials").glob("*.html")}
    # Those that every page has anyway.
    around = {
        f"{name}.html"
        for name in ("header", "footer", "brand", "nav", "nav_link", "languages", "mark", "meta", "error_summary")
    }
    assert [name for name in sorted(parts - around) if f"<code>{name}</code>" not in page] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_opens_in_both_languages_without_style_or_script_in_the_page(client, reader, language):
    client.force_login(reader)
    page = client.get(f"/{language}/styleguide/").content.decode()
    assert "style=" not in page
    assert not re.search(r"<script(?! src=)", page)


def test_it_shows_every_script_in_its_own_language(page):
    for code in ("zh-Hans", "th", "km", "lo", "my", "vi"):
        assert re.search(rf'lang="{code}"', page), code


def test_every_colour_that_it_names_is_a_token(page):
    sheet = (Path(settings.BASE_DIR) / "static" / "site.css").read_text()
    named = set(re.findall(r'fill="var\((--[a-z0-9-]+)\)"', page))
    assert len(named) > 15
    assert [name for name in named if f"{name}: #" not in sheet] == []
