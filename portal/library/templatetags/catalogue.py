"""Records in templates: names in both languages, what the page says of itself."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from portal.core.times import LOCALES, format_days
from portal.library.views.meta import Meta
from portal.library.views.rows import tag_of

register = template.Library()


@register.filter
def other_wording(obj: Model, name: str) -> str:
    """The translated field in the language of the site that is not being read, as printed; "" where it has none."""
    own = get_language()
    for code, _name in settings.LANGUAGES:
        text = getattr(obj, build_localized_fieldname(name, code))
        if code != own and text and getattr(obj, build_localized_fieldname(name, own or "en")):
            return format_html('<span lang="{}">{}</span>', tag_of(code), text)
    return ""


@register.filter
def is_worded_elsewhere(obj: Model, name: str) -> bool:
    """Whether the translated field is empty in the language that is being read, and not in the other."""
    own = get_language() or "en"
    texts = {code: getattr(obj, build_localized_fieldname(name, code)) for code, _name in settings.LANGUAGES}
    return not texts.get(own) and any(texts.values())


@register.filter
def language_tag(code: str) -> str:
    """``zh-hans`` as HTML writes it: ``zh-Hans``."""
    return tag_of(code)


@register.filter
def file_format(name: str) -> str:
    """ "PDF" of "report.pdf"; "" of a name without an ending."""
    stem, _dot, ending = name.rpartition(".")
    return ending.upper() if stem else ""


@register.filter
def day_in_words(obj: Any) -> str:
    """The ``day`` of a record as far as it is known (``day_precision``); "" without one."""
    return format_days(obj.day, None, obj.day_precision)


@register.filter
def plain_number(value: Decimal) -> str:
    """A number as it is read: 1000.00 is "1,000", 0.50 is "0.5"."""
    return format_decimal(value, locale=LOCALES.get(get_language() or "en", "en_GB"))


@register.simple_tag
def page_address(request: HttpRequest, meta: Meta) -> str:
    """The whole public address of the page."""
    return settings.BASE_URL + (meta.address or request.path)


@register.simple_tag
def json_ld(meta: Meta, url: str) -> SafeString:
    """The JSON-LD of the page, for a script element."""
    return meta.json_ld(url)
