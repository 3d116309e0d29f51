"""What every template needs: the page in the other language, instants with their zone, links between pages."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.db.models import Model
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from portal.core.context import site
from portal.core.pagecache.marks import declared_parameters
from portal.core.times import format_instant

register = template.Library()
PLAIN_IN_PATHS = "/~:@!$&'()*+,;="  # what Django leaves as it is when it makes an address
ADDRESS = re.compile(r"https?://[^\s<>()“”]+")
HAN = re.compile(r"[\u3400-\u9fff]")
KEPT = 256  # parts of pages that a process keeps, some two kilobytes each


@register.simple_tag
def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Every language of the site: ``code``, ``name``, ``url`` (the same page in it), ``is_current``.

    ``url`` is "" where the address carries no language (sign-in): there the language is chosen by a form.
    """
    return [
        {"code": code, "name": name, "url": _page_in(request, code), "is_current": code == get_language()}
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str) -> SafeString:
    """The part of the page ``name``, written once by each process for each language and place of the site.

    It knows nothing but what every template knows of the site, and ``path``: the page's address as far as its second
    part ("/en/forums/-" for all that lies below the list of events). So it cannot hold anything personal, or a row.
    """
    known = site(context["request"])
    path = whereabouts(context["request"].path)
    if settings.DEBUG:  # the files are being edited
        return render_to_string(name, {**known, "path": path})
    return _written(name, path, get_language(), tuple(known.items()))


def whereabouts(path: str) -> str:
    """``path`` cut off after its second part, "-" standing for what lies below."""
    _root, first, second, below = f"{path}///".split("/", 3)
    return f"/{first}/{second}/-" if below.strip("/") else path


@lru_cache(maxsize=KEPT)
def _written(name: str, path: str, _language: str | None, known: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(name, {**dict(known), "path": path})


@register.simple_tag
def absolute(url: str) -> str:
    """``url`` under the public address of the portal."""
    return settings.BASE_URL + url


@register.simple_tag
def instant(at: datetime, zone: str) -> SafeString:
    """``at`` in words in the zone of the place; the reader's own zone is one click away (``site.js``)."""
    return format_html('<time datetime="{}" data-zone>{}</time>', at.isoformat(), format_instant(at, zone))


@register.filter
def source_words(source: str) -> SafeString:
    """Where something was read, as whoever looked it up wrote it: marked as English when it holds no Chinese, and
    with the addresses that are written whole as links. A host alone is no link: it says where a copy was, no more."""
    linked = ADDRESS.sub(_link_to, conditional_escape(source))
    return mark_safe(linked if HAN.search(source) else f'<span lang="en">{linked}</span>')  # noqa: S308


def _link_to(found: re.Match[str]) -> str:
    address = found[0].rstrip(".,;")
    return f'<a href="{address}" rel="external noreferrer">{address}</a>{found[0][len(address) :]}'


@register.filter
def worded(obj: Model, name: str) -> str:
    """The translated field ``name`` of ``obj``; "" when empty.

    What is there in the other language only is shown in it and says so (``lang``), for screen readers and fonts.
    """
    text, language = _text_and_language(obj, name)
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


@register.filter
def worded_html(obj: Model, name: str) -> str:
    """The same for a field of formatted text, which was sanitised when it was saved."""
    text, language = _text_and_language(obj, name)
    return format_html('<div lang="{}">{}</div>', language, mark_safe(text)) if language else mark_safe(text)  # noqa: S308 - HTMLField


@register.simple_tag
def page_links(page: Page, keep: Mapping[str, Any] | None = None, **more: Any) -> list[dict[str, Any]]:
    """The links below a list: ``number`` (0 for a gap), ``url``, ``is_current``.

    ``keep`` and ``more`` are further parameters of the address, by name; empty ones are left out.
    """
    kept = {name: value for name, value in {**(keep or {}), **more}.items() if value}
    return [
        {"number": 0}
        if number == page.paginator.ELLIPSIS
        else {
            "number": number,
            "url": "?" + urlencode({**kept, "page": number}),
            "is_current": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


def _text_and_language(obj: Model, name: str) -> tuple[str, str]:
    """The text, and the tag of its language when that is not the page's."""
    codes = [code for code, _name in settings.LANGUAGES]
    for code in sorted(codes, key=lambda code: code != get_language()):
        text = getattr(obj, build_localized_fieldname(name, code))
        if text:
            return text, "" if code == get_language() else language_tag(code)
    return "", ""


def language_tag(code: str) -> str:
    """``zh-hans`` as HTML writes it: ``zh-Hans``."""
    language, *script = code.split("-")
    return "-".join([language, *(part.title() for part in script)])


def _page_in(request: HttpRequest, code: str) -> str:
    if request.resolver_match is None:  # an error page
        return f"/{code}/"
    if request.resolver_match.namespace == "api":  # its page for people; the language is no part of its address
        return f"{request.path}?lang={code}"
    _root, language, rest = f"{request.path}//".split("/", 2)
    if language not in dict(settings.LANGUAGES):
        return ""
    url = f"/{code}/{quote(rest[:-2], safe=PLAIN_IN_PATHS)}"
    # Not what somebody else appended: the page may be cached.
    kept = {name: request.GET[name] for name in sorted(declared_parameters) if name in request.GET}
    return f"{url}?{urlencode(kept)}" if kept else url
