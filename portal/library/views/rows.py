"""Items of the catalogue as rows of a list, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import format_skeleton
from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from portal.core.times import LOCALES, format_days
from portal.directory.models import Country
from portal.library.kinds import find_kind
from portal.library.languages import LANGUAGE_ORDER, LANGUAGES
from portal.library.models import CatalogueItem, CatalogueText
from portal.library.querysets import CatalogueQuerySet
from portal.library.search.highlight import highlight

NAMES = dict(LANGUAGES)
SUMMARY_LENGTH = 260


@dataclass(frozen=True)
class Language:
    """A language in which a thing can be read; ``url`` of the file in it, "" where there is none."""

    code: str
    name: str | Promise
    url: str = ""


@dataclass(frozen=True)
class Heading:
    """One item in short. ``lang`` is the tag of the language of the text when that is not the reader's."""

    item: CatalogueItem
    kind: str | Promise
    url: str
    title: str | SafeString
    summary: str | SafeString
    lang: str
    date: str


@dataclass(frozen=True)
class Row(Heading):
    """One item as a list shows it."""

    languages: list[Language]
    is_elsewhere: bool  # it can be read in ``languages``, and the reader's is not among them
    countries: list[Country]
    cover_url: str

    @property
    def day_and_month(self) -> str:
        """ "21 October" beside the year; only for a date of which the day is known."""
        own = get_language() or "en"
        return format_skeleton("MMMMd", self.item.day, locale=LOCALES.get(own, own))


def with_all(items: CatalogueQuerySet) -> CatalogueQuerySet:
    """``items`` with everything that a row shows, in three further queries."""
    countries = Prefetch("countries", Country.objects.in_order(), to_attr="all_countries")
    # Into lists: three related managers for each row would take longer than the queries.
    return items.select_related("cover").prefetch_related(
        Prefetch("texts", to_attr="all_texts"), Prefetch("languages", to_attr="all_languages"), countries
    )


def rows_of(items: Iterable[CatalogueItem], terms: Sequence[str] = ()) -> list[Row]:
    """The rows of items that were read ``with_all``, the words ``terms`` highlighted."""
    return [_row(item, terms) for item in items]


def headings_of(items: Iterable[CatalogueItem]) -> list[Heading]:
    """The headings of items that were read ``with_texts``."""
    return [_heading(item) for item in items]


def text_of(item: CatalogueItem) -> tuple[CatalogueText, str]:
    """The text in the reader's language, else English, else any; and the tag of its language when not the reader's."""
    own = get_language() or "en"
    order = [own, *LANGUAGE_ORDER]
    texts = getattr(item, "all_texts", None) or item.texts.all()
    text = min(texts, key=lambda text: order.index(text.language), default=None) or CatalogueText(language=own)
    return text, "" if text.language == own else tag_of(text.language)


def tag_of(language: str) -> str:
    """``zh-hans`` as HTML and feeds write it: ``zh-Hans``."""
    code, *script = language.split("-")
    return "-".join([code, *(part.title() for part in script)])


def address_in(language: str, item: CatalogueItem) -> str:
    """The path of the item's page in a language of the site."""
    return f"/{language}/{item.address}"


def date_of(item: CatalogueItem) -> str:
    """The date in words as far as it is known; "" when nothing is."""
    return format_days(item.day, None, item.day_precision) or str(item.year or "")


def languages_of(item: Any) -> list[Language]:
    """The languages of the thing's files, else of its texts; with the way to the file where it is a document."""
    codes = {row.language for row in item.all_languages}
    shown = codes or {text.language for text in item.all_texts}
    page = address_in(get_language() or "en", item)
    return [
        Language(code, NAMES[code], f"{page}{code}/" if codes and item.kind == "document" else "")
        for code in LANGUAGE_ORDER
        if code in shown
    ]


def _heading(item: CatalogueItem) -> Heading:
    text, lang = text_of(item)
    kind = find_kind(item.kind)
    return Heading(
        item=item,
        kind=kind.title if kind else "",
        url=address_in(get_language() or "en", item),
        title=text.title,
        summary=Truncator(text.summary).chars(SUMMARY_LENGTH),
        lang=lang,
        date=date_of(item),
    )


def _row(item: Any, terms: Sequence[str]) -> Row:
    heading, languages = _heading(item), languages_of(item)
    is_elsewhere = bool(languages) and (get_language() or "en") not in {language.code for language in languages}
    marked = {"title": _marked(str(heading.title), terms), "summary": _marked(str(heading.summary), terms)}
    return Row(
        **{**vars(heading), **marked},
        languages=languages if is_elsewhere or item.all_languages else [],
        is_elsewhere=is_elsewhere,
        countries=item.all_countries,
        cover_url=cover_url(item),
    )


def cover_url(item: CatalogueItem) -> str:
    """Where the cover is shown from; "" without one."""
    return reverse("core:file", args=[item.cover.public_id]) + "?inline" if item.cover else ""


def _marked(text: str, terms: Sequence[str]) -> str | SafeString:
    return highlight(text, list(terms)) if terms else text


def site_languages() -> list[str]:
    """The languages in which every page exists."""
    return [code for code, _name in settings.LANGUAGES]
