"""Folding: two ways of writing the same thing compare equal."""

import pytest

from portal.core.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("  Viet\u00a0 Nam ", "viet nam"),
        ("ASEAN–China", "asean-china"),
        ("ＡＢＣ－１２", "abc-12"),
        ("Dato’", "dato'"),
        ("José \u200bMARÍA", "jose maria"),
        ("生态环境部", "生态环境部"),
        ("กรุงเทพ", "กรุงเทพ"),
        ("ភ្នំពេញ", "ភ្នំពេញ"),
        ("", ""),
    ],
)
def test_what_people_write_differently_is_folded_to_one_form(written, folded):
    assert fold(written) == folded


def test_folding_twice_changes_nothing_more():
    assert fold(fold("İstanbul – Đà Nẵng")) == fold("İstanbul – Đà Nẵng")
