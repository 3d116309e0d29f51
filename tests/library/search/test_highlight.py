"""Hits shown in the text as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.library.search.highlight import highlight
from portal.library.search.query import terms_of


def terms(query: str) -> list[str]:
    return [term.text for term in terms_of(query)]


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("da nang", "Hội nghị Đà Nẵng 2024", "Hội nghị <mark>Đà Nẵng</mark> 2024"),
        ("ĐÀ NẴNG", "in da nang", "in <mark>da nang</mark>"),
        ("mangroves", "A mangrove, many Mangroves", "A <mark>mangrove</mark>, many <mark>Mangroves</mark>"),
        ("city", "Cities and capacity", "<mark>Cities</mark> and capacity"),
        ("mangr", "Mangrove forests", "<mark>Mangrove</mark> forests"),
        ("红树林", "沿海红树林保护", "沿海<mark>红树林</mark>保护"),
        ("中国东盟", "第三届中国—东盟论坛", "第三届<mark>中国—东盟</mark>论坛"),
        ("东盟 中国", "中国–东盟", "<mark>中国–东盟</mark>"),
        ("China-ASEAN", "ASEAN–China", "<mark>ASEAN–China</mark>"),
        ("澜沧江湄公河", "澜沧江—湄公河合作", "<mark>澜沧江—湄公河</mark>合作"),
        ("ป่าชายเลน", "การอนุรักษ์ป่าชายเลนในไทย", "การอนุรักษ์<mark>ป่าชายเลน</mark>ในไทย"),
        ("2567", "ปี ๒๕๖๗", "ปี <mark>๒๕๖๗</mark>"),
        ("சதுப்புநில", "சதுப்புநிலக் காடுகள்", "<mark>சதுப்புநிலக்</mark> காடுகள்"),
        ("asean", "ＡＳＥＡＮ", "<mark>ＡＳＥＡＮ</mark>"),
        ("vietnam", "In Việt Nam", "In <mark>Việt Nam</mark>"),
        ("viet nam", "In Vietnam", "In <mark>Vietnam</mark>"),
        ("in", "in", "<mark>in</mark>"),
        ("20", "2024 and 20", "2024 and <mark>20</mark>"),
        ("b", "<b>&amp;", "&lt;<mark>b</mark>&gt;&amp;amp;"),
        ("nothing", "else", "else"),
        ("", "<i>", "&lt;i&gt;"),
    ],
)
def test_marks_stand_around_what_was_found(query: str, text: str, shown: str) -> None:
    assert highlight(text, terms(query)) == shown


def test_a_mark_never_parts_a_letter_from_its_vowel_sign() -> None:
    assert highlight("ป่า", terms("ป")) == "<mark>ป่</mark>า"


@given(st.text(), st.text())
def test_any_text_comes_back_whole_and_escaped(text: str, query: str) -> None:
    shown = highlight(text, terms(query))
    plain = highlight(text, [])
    assert shown.replace("<mark>", "").replace("</mark>", "") == plain
