"""The page of a programme for everybody."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils.translation import override

from forums.enums import SessionKind
from forums.services.programme import release_programme
from tests.factories import EventFactory, RoomFactory, SessionFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 3
DAY = date(2030, 12, 1)


@pytest.fixture
def event():
    return EventFactory(start_day=DAY, end_day=date(2030, 12, 2), time_zone="Asia/Yangon")


def page(client, event, language: str = "en") -> str:
    with override(language):
        return client.get(reverse("forums:programme", args=[event.slug])).content.decode()


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_page_takes_the_same_number_of_queries_whatever_its_length(
    client, event, officer, count, django_assert_num_queries
):
    for number in range(count):
        SpeakerFactory(session=SessionFactory(event=event, room=RoomFactory(event=event), title_en=f"Part {number}."))
    release_programme(event, by=officer)
    with django_assert_num_queries(PAGE_QUERIES):
        found = page(client, event)
    assert len(re.findall(r"<h3 id", found)) == count


def test_times_are_those_of_the_place_and_carry_the_instant(client, event, officer):
    SessionFactory(event=event, start_time=time(9, 0), end_time=time(10, 30))
    release_programme(event, by=officer)
    found = page(client, event)
    assert '<time datetime="2030-12-01T09:00:00+06:30" data-zone="clock" data-day="2030-12-01">09:00</time>' in found
    assert "All times are Yangon time (UTC+6:30)" in found


def test_in_dili_nine_o_clock_is_nine_hours_before_utc(client, officer):
    event = EventFactory(start_day=DAY, end_day=DAY, time_zone="Asia/Dili")
    SessionFactory(event=event)
    release_programme(event, by=officer)
    assert 'datetime="2030-12-01T09:00:00+09:00"' in page(client, event)


def test_sessions_that_begin_together_stand_side_by_side_and_say_when_they_end(client, event, officer):
    for number, end in enumerate((time(11), time(12))):
        SessionFactory(event=event, room=RoomFactory(event=event), title_en=f"Part {number}.", end_time=end)
    SessionFactory(event=event, start_time=time(12), end_time=time(13), title_en="Lunch", kind=SessionKind.BREAK)
    release_programme(event, by=officer)
    found = page(client, event)
    assert found.count('<ul class="parallel">') == 1
    assert len(re.findall(r"until\s+<time[^>]*>(11|12):00</time>", found)) == 2
    assert found.count('class="break"') == 1


def test_each_day_has_its_heading_and_a_link_to_it(client, event, officer):
    SessionFactory(event=event)
    SessionFactory(event=event, day=date(2030, 12, 2))
    release_programme(event, by=officer)
    found = page(client, event)
    for day, title in (("2030-12-01", "Sunday, 1 December 2030"), ("2030-12-02", "Monday, 2 December 2030")):
        assert f'href="#day-{day}"' in found
        assert f'id="day-{day}"' in found
        assert title in found


def test_what_is_there_in_one_language_only_is_shown_in_it_and_says_so(client, event, officer):
    SessionFactory(event=event, title_en="Opening", title_zh_hans="")
    session = SessionFactory(
        event=event, title_en="Closing", title_zh_hans="闭幕式", start_time=time(16), end_time=time(17)
    )
    SpeakerFactory(session=session, role="chair", name_en="Wang Jianhua", name_zh_hans="王建华", position_en="Director")
    release_programme(event, by=officer)
    found = page(client, event, "zh-hans")
    assert '<span lang="en">Opening</span>' in found
    assert "闭幕式" in found
    assert '<strong>王建华</strong>，<span lang="en">Director</span>' in found
    assert "2030年12月1日星期日" in found


def test_names_and_titles_are_text_and_never_markup(client, event, officer):
    session = SessionFactory(event=event, title_en="<b>Bold</b>")
    SpeakerFactory(session=session, name_en="<script>x</script>", topic_en="<i>a</i>")
    release_programme(event, by=officer)
    found = page(client, event)
    assert "<b>Bold" not in found
    assert "<script>x" not in found
    assert "&lt;i&gt;a" in found


def test_a_cancelled_event_says_so_above_its_programme(client, event, officer):
    SessionFactory(event=event)
    release_programme(event, by=officer)
    event.status = "cancelled"
    event.save()
    assert "This event is cancelled." in page(client, event)
