"""The programme in templates: texts of every language, clocks, roles."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums.enums import PaperKind, SpeakerRole
from forums.templatetags.events import language_names
from portal.core.templatetags.portal import language_tag
from portal.core.wording import pick

register = template.Library()
ROLES = {
    SpeakerRole.CHAIR: (_("Chair"), _("Chairs")),
    SpeakerRole.MODERATOR: (_("Moderator"), _("Moderators")),
    SpeakerRole.KEYNOTE: (_("Keynote speaker"), _("Keynote speakers")),
    SpeakerRole.SPEAKER: (_("Speaker"), _("Speakers")),
    SpeakerRole.PANELLIST: (_("Panellist"), _("Panellists")),
    SpeakerRole.RAPPORTEUR: (_("Rapporteur"), _("Rapporteurs")),
}


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
def by_role(speakers: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Speakers that follow each other in one role, under the name of the role."""
    groups = [(role, list(people)) for role, people in groupby(speakers, key=lambda speaker: speaker["role"])]
    return [(ROLES[SpeakerRole(role)][len(people) > 1], people) for role, people in groups]


@register.filter
def printed(person: dict[str, Any]) -> SafeString:
    """Name, position and organisation in one line, as they were entered."""
    comma = "，" if get_language() == "zh-hans" else ", "
    rest = [told(person[name]) for name in ("position", "organisation") if person[name]]
    return format_html(
        "<strong>{}</strong>{}", told(person["name"]), format_html_join("", comma + "{}", ((part,) for part in rest))
    )


@register.filter
def spoken(codes: list[str]) -> str:
    """Names of languages as people speak them: without the script they are written in."""
    return language_names([code.partition("-")[0] for code in codes])


@register.filter
def paper_title(paper: dict[str, Any]) -> str:
    """The title of a released paper, else what kind of paper it is."""
    return told(paper["title"]) or str(PaperKind(paper["kind"]).label)


def _is_other(language: str) -> bool:
    return bool(language) and language != get_language()
