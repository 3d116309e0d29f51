"""The stylesheet keeps its promises: small, in layers, and every pair of colours can be read."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

SHEET = (Path(settings.BASE_DIR) / "static" / "site.css").read_text()
LIGHT, DARK, *_ = re.findall(r":root \{(.*?)\n\s*\}", SHEET, re.DOTALL)
TEXT_ON = [
    (text, ground)
    for text in ("ink", "ink-2", "sea", "mangrove", "seal")
    for ground in ("paper", "card", "sand", "sea-2", "mangrove-2", "seal-2")
] + [
    ("ink", "glow"),
    ("sea", "glow"),
    ("on-sea", "sea"),
    ("on-sea", "seal"),
    ("deep-ink", "deep"),
    ("deep-ink-2", "deep"),
]
EDGES_ON = [("edge", "paper"), ("edge", "card")]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_every_ground(block, text, ground):
    tokens = {**colours(LIGHT), **colours(block)}
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES_ON)
def test_edges_of_fields_can_be_seen(block, edge, ground):
    tokens = {**colours(LIGHT), **colours(block)}
    assert contrast(tokens[edge], tokens[ground]) >= 3


def test_the_stylesheet_is_small():
    assert len(gzip.compress(SHEET.encode())) < 12_000


def test_the_stylesheet_asks_no_other_host():
    assert not re.search(r"https?://|@import", SHEET)
