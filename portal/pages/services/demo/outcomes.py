"""The published outcome of one held event of the demonstration, made by the services that officers use."""

import io
import json
import math
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from forums.models import Event, Outcome
from forums.services import outcome_parts
from forums.services.outcomes import begin_outcome, publish_outcome
from portal.library.enums import Licence
from portal.pages.services.demo.papers import make_pdf

DATA = Path(__file__).resolve().parents[2] / "data" / "demo_outcome.json"
WIDTH, HEIGHT = 1200, 800
SKY, SHORE = 0.45, 0.78  # where the sea begins and ends, as parts of the height
APART = timedelta(days=2)  # between the two versions of the text


def outcome_data() -> dict[str, Any]:
    """What the outcome consists of; ``event`` names whose it is."""
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def make_outcome(event: Event, *, by: Any, at: datetime) -> Outcome:
    """Text in two versions, documents in two languages, photos, words; then published as of ``at``.

    Where the office asks for a second person's check it stays a draft: the demonstration has nobody else.
    """
    data, outcome = outcome_data(), begin_outcome(event, by=by)
    for name in ("lead", "summary", "next_steps"):
        for language, text in data[name].items():
            setattr(outcome, f"{name}_{_column(language)}", text)
    outcome.licence, outcome.source = Licence.CC_BY, "demonstration"
    outcome.save()
    _add_text(outcome, data["text"], by=by, at=at)
    for given in data["documents"]:
        _add_document(outcome, given, by=by)
    _add_photos(outcome, data, by=by)
    if not settings.PUBLISH_SECOND_CHECK:
        publish_outcome(outcome, by=by, at=at)
    return outcome


def _add_text(outcome: Outcome, given: dict[str, Any], *, by: Any, at: datetime) -> None:
    text = outcome_parts.add_text(outcome, kind=given["kind"], by=by)
    count = len(given["versions"])
    for turn, version in enumerate(given["versions"], 1):
        values = {"version": version["version"]}
        for name in ("title", "body"):
            values |= {f"{name}_{_column(language)}": words for language, words in version[name].items()}
        draft = outcome_parts.write_version(text, values=values, by=by)
        outcome_parts.release_version(text, draft, by=by, at=at - (count - turn) * APART)


def _add_document(outcome: Outcome, given: dict[str, Any], *, by: Any) -> None:
    files = {
        language: ContentFile(make_pdf(title, given["lines"][language], language=language), name=f"{title}.pdf")
        for language, title in given["title"].items()
    }
    document = outcome_parts.add_document(outcome, kind=given["kind"], titles=given["title"], files=files, by=by)
    document.source = "demonstration"
    document.save(update_fields=["source"])


def _add_photos(outcome: Outcome, data: dict[str, Any], *, by: Any) -> None:
    pictures = [
        ContentFile(_draw(*given["colours"]), name=f"drawing-{number}.jpg")
        for number, given in enumerate(data["photos"], 1)
    ]
    outcome_parts.add_photos(outcome, pictures, credit=data["credit"], by=by)
    for photo, given in zip(outcome.photos.all(), data["photos"], strict=True):
        for name in ("alt", "caption"):
            for language, text in given[name].items():
                setattr(photo, f"{name}_{_column(language)}", text)
        photo.save()


def _draw(sky: str, sea: str, shore: str) -> bytes:
    """Sky, sea with its swell, and a shore."""
    image = Image.new("RGB", (WIDTH, HEIGHT), sky)
    draw = ImageDraw.Draw(image)
    draw.ellipse((WIDTH * 0.7, HEIGHT * 0.12, WIDTH * 0.78, HEIGHT * 0.24), fill="#f6efdc")
    draw.rectangle((0, HEIGHT * SKY, WIDTH, HEIGHT), fill=sea)
    for row in range(6):
        height = HEIGHT * (SKY + 0.05 + row * 0.05)
        swell = [(x, height + 5 * math.sin(x / (40 + 12 * row) + row)) for x in range(0, WIDTH + 20, 20)]
        draw.line(swell, fill=sky, width=1 + row)
    edge = [(x, HEIGHT * SHORE + 18 * math.sin(x / 170)) for x in range(0, WIDTH + 20, 20)]
    draw.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=shore)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88)
    return target.getvalue()


def _column(language: str) -> str:
    return language.replace("-", "_")
