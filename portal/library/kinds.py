"""Which things stand in the catalogue. A wing registers its kinds when the applications are ready."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise

from portal.core.enums import DatePrecision
from portal.core.models import StoredFile
from portal.directory.models import Country
from portal.library.models import Theme


@dataclass(frozen=True)
class Text:
    """What a thing says of itself in one language. ``body`` is searched, not shown; it may be HTML."""

    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class Entry:
    """Everything that the catalogue holds about one thing.

    ``address`` is the path of its page without the language ("forums/forum-2024/"); ``texts`` are by language code, at
    least one; ``public_from`` None means not public; ``words`` are further names, in any language, to find it by.
    """

    address: str
    texts: Mapping[str, Text]
    public_from: datetime | None
    day: date | None = None
    day_precision: str = DatePrecision.DAY
    year: int | None = None
    is_result: bool = False
    is_demo: bool = False
    languages: Iterable[str] = ()
    themes: Iterable[Theme] = ()
    countries: Iterable[Country] = ()
    cover: StoredFile | None = None
    words: Iterable[str] = field(default=())


def _nothing(_obj: Any) -> Iterable[models.Model]:
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of thing: ``describe(obj)`` says what the catalogue shall hold of it.

    ``tells(obj)`` gives the other things of the catalogue whose entries name something of ``obj``.
    """

    code: str
    title: str | Promise
    plural: str | Promise
    model: type[models.Model]
    describe: Callable[[Any], Entry]
    tells: Callable[[Any], Iterable[models.Model]] = _nothing


_kinds: dict[str, Kind] = {}
_more_tells: dict[str, list[Callable[[Any], Iterable[models.Model]]]] = {}


def register_kind(kind: Kind) -> None:
    """Make ``kind`` known. ``ValueError`` when its code or its model is taken."""
    if kind.code in _kinds or any(known.model is kind.model for known in _kinds.values()):
        raise ValueError(f"the catalogue knows {kind.code} or its model already")
    _kinds[kind.code] = kind


def tell_also(code: str, tells: Callable[[Any], Iterable[models.Model]]) -> None:
    """A wing adds things of its own whose entries name something of a thing of the kind ``code``."""
    _more_tells.setdefault(code, []).append(tells)


def told_by(kind: Kind, obj: models.Model) -> Iterator[models.Model]:
    """The other things of the catalogue whose entries have to follow when ``obj`` changes."""
    for tells in (kind.tells, *_more_tells.get(kind.code, ())):
        yield from tells(obj)


def all_kinds() -> list[Kind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())


def is_listed(obj: models.Model) -> bool:
    """Whether the catalogue holds things like ``obj``."""
    return any(isinstance(obj, kind.model) for kind in _kinds.values())


def address_of(obj: Any) -> str:
    """The path of the page of ``obj`` without the language."""
    with translation.override("en"):
        return str(obj.get_absolute_url()).removeprefix("/en/")


def kind_of(obj: models.Model) -> Kind:
    """The kind of ``obj``; ``LookupError`` when its model stands in no catalogue."""
    for kind in _kinds.values():
        if isinstance(obj, kind.model):
            return kind
    raise LookupError(f"{obj._meta.label} stands in no catalogue")


def find_kind(code: str) -> Kind | None:
    return _kinds.get(code)
