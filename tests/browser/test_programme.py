"""The programme of an event on the reader's screen: own clock, phone, paper."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from forums.services.programme import release_programme
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import EventFactory, RoomFactory, SessionFactory, SpeakerFactory
from tests.processes import web_server

PAPER = {"width": 700, "height": 900}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The page of a programme in Yangon: two rooms side by side, from nine o'clock."""
    event = EventFactory(start_day=date(2030, 12, 1), end_day=date(2030, 12, 2), time_zone="Asia/Yangon", slug="yangon")
    for number in range(2):
        room = RoomFactory(event=event, name_en=f"A room with a long name {number}")
        session = SessionFactory(event=event, room=room, start_time=time(9))
        SpeakerFactory(session=session, organisation_en="Ministry of Natural Resources and Environmental Conservation")
    release_programme(event, by="officer")
    with web_server(tmp_path) as base:
        yield f"{base}/en/forums/yangon/programme/"


@pytest.mark.parametrize(
    ("zone", "shown", "name"),
    [
        ("America/New_York", "30 Nov, 21:30", "Eastern Standard Time"),
        ("Asia/Dili", "11:30", "Timor-Leste Time"),
        ("Asia/Kathmandu", "08:15", "Nepal Time"),
    ],
)
def test_the_own_clock_is_one_click_away_and_says_when_the_day_is_another(address, open_context, zone, shown, name):
    page = open_context(DESKTOP, timezone_id=zone).new_page()
    page.goto(address)
    begins = page.locator("time[data-zone]").first
    expect(begins).to_have_text("09:00")
    expect(page.get_by_text("All times are Yangon time (UTC+6:30)")).to_be_visible()
    page.get_by_role("button", name="Show times in my own time zone").click()
    expect(begins).to_have_text(shown)
    expect(page.get_by_text(name)).to_be_visible()
    page.get_by_role("button", name="Show times in my own time zone").click()
    expect(begins).to_have_text("09:00")


def test_rooms_stand_side_by_side_on_a_desk_and_on_paper_and_below_each_other_on_a_phone(
    address, open_context, strangers
):
    tops = {}
    for name, size, medium in (("desk", DESKTOP, "screen"), ("paper", PAPER, "print"), ("phone", PHONE, "screen")):
        page = open_context(size).new_page()
        page.goto(address)
        page.emulate_media(media=medium)
        tops[name] = [row.bounding_box()["y"] for row in page.locator(".parallel > li").all()]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert len(set(tops["desk"])) == 1
    assert len(set(tops["paper"])) == 1
    assert len(set(tops["phone"])) == 2
    assert strangers == []
