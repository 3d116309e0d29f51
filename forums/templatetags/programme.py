"""The programme in templates: texts of every language, clocks, roles."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from forums.enums import PaperKind, SpeakerRole
from portal.core.templatetags.portal import language_tag
from portal.core.wording import pick

register = template.Library()


@register.filter
def told(texts: Mapping[str, str]) -> str:
    """The text in the reader's language; one that is there in another only says so (``lang``)."""
    text, language = pick(texts)
    return format_html('<span lang="{}">{}</span>', language_tag(language), text) if _is_other(language) else text


@register.filter
def told_html(texts: Mapping[str, str]) -> str:
    """The same for formatted text, which was sanitised when it was saved."""
    text, language = pick(texts)
    if _is_other(language):
        return format_html('<div lang="{}">{}</div>', language_tag(language), mark_safe(text))  # noqa: S308 - HTMLField
    return mark_safe(text)  # noqa: S308 - HTMLField


@register.simple_tag
def clock(at: datetime) -> SafeString:
    """The time of day at the place (``at`` is in its zone); the reader's own is one click away (``site.js``)."""
    shown = f"{at:%H:%M}"
    return format_html(
        '<time datetime="{}" data-zone="clock" data-day="{}">{}</time>', at.isoformat(), at.date().isoformat(), shown
    )


@register.filter
def by_role(speakers: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Speakers that follow each other in one role, under the name of the role."""
    groups = groupby(speakers, key=lambda speaker: speaker["role"])
    return [(str(SpeakerRole(role).label), list(people)) for role, people in groups]


@register.filter
def paper_title(paper: dict[str, Any]) -> str:
    """The title of a released paper, else what kind of paper it is."""
    return told(paper["title"]) or str(PaperKind(paper["kind"]).label)


def _is_other(language: str) -> bool:
    return bool(language) and language != get_language()
