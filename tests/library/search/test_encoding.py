"""Words as the index holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.library.search.encoding import encode, pieces, singular, text_of_html, tokens_of
from portal.library.search.index import line_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đà Nẵng—Declaration (2024)", ["da", "nang", "declaration", "2024"]),
        ("ＡＳＥＡＮ’s Côte d'Ivoire", ["asean", "cote", "d", "ivoire"]),
        ("man\u00adgrove sea\u200bgrass", ["mangrove", "seagrass"]),
        ("CO₂ and ½", ["co2", "and", "1", "2"]),
        ("ครั้งที่ ๒๕๖๗", ["ครั้งที่", "2567"]),
        ("COP15会议", ["cop15", "会议"]),
        ("中国 – 东盟", ["中国东盟"]),
        ("中国 东盟", ["中国", "东盟"]),
        ("சதுப்பு நிலம்", ["சதுப்பு", "நிலம்"]),
        ("a\x00b_c\ud800", ["a", "b", "c"]),
        ("- … *", []),
    ],
)
def test_text_is_taken_apart_into_folded_words_and_runs(text: str, words: list[str]) -> None:
    assert [piece.text for piece in pieces(text)] == words


def test_a_run_becomes_its_pairs_and_its_last_character() -> None:
    (run,) = pieces("红树林")
    assert tokens_of(run) == ["u07ea206811", "u0681106797", "u06797"]
    assert encode("红树").startswith(encode("红"))


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("mangroves", "mangrove"),
        ("cities", "city"),
        ("classes", "class"),
        ("boxes", "box"),
        ("marshes", "marsh"),
        ("class", "class"),
        ("status", "status"),
        ("basis", "basis"),
        ("gas", "gas"),
        ("ties", "tie"),
        ("hijau", "hijau"),
    ],
)
def test_the_english_plural_is_its_singular(word: str, folded: str) -> None:
    assert singular(word) == folded


@given(st.from_regex(r"[a-z]{0,12}(ss|s|es|ies|us)?", fullmatch=True))
def test_a_singular_has_no_singular_of_its_own(word: str) -> None:
    assert singular(singular(word)) == singular(word)


def test_tags_inside_a_line_part_no_words_and_others_do() -> None:
    source = "<p>红<b>树</b>林</p><p>CO<sub>2</sub> &amp; a &lt; b</p><ul><li>one</li><li>two</li></ul>"
    assert text_of_html(source).split() == ["红树林", "CO2", "&", "a", "<", "b", "one", "two"]


@given(st.text())
def test_the_index_gets_ascii_letters_and_digits_whatever_the_text(text: str) -> None:
    tokens = line_of(text).split()
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in tokens)


@given(st.text())
def test_the_pieces_know_where_they_come_from(text: str) -> None:
    ends = [(piece.start, piece.end) for piece in pieces(text)]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(
        piece.text in "".join(part.text for part in pieces(text[piece.start : piece.end])) for piece in pieces(text)
    )
