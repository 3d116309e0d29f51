"""What the catalogue holds of the library's own things."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from portal.library.kinds import Entry, Kind, Text, address_of, register_kind
from portal.library.models import Document, Mandate, ProgrammeStrand
from portal.library.services.publishing import is_public, public_from


def texts_of(obj: models.Model, *, title: str, summary: str = "", body: str = "") -> dict[str, Text]:
    """The texts of a thing with translated fields, for every language in which it has a title."""
    found = {}
    for code, _name in settings.LANGUAGES:
        if said_in(code, obj, title):
            found[code] = Text(said_in(code, obj, title), said_in(code, obj, summary), said_in(code, obj, body))
    return found


def said_in(language: str, obj: models.Model, name: str) -> str:
    """What the translated field ``name`` says in exactly that language; empty when nothing, or without a name."""
    return getattr(obj, build_localized_fieldname(name, language)) or "" if name else ""


def said_in_any(obj: models.Model, name: str) -> list[str]:
    """What the translated field ``name`` says, in every language in which it says something."""
    return [text for code, _name in settings.LANGUAGES if (text := said_in(code, obj, name))]


def words_without_title(obj: models.Model, *names: str, title: str = "name") -> list[str]:
    """What is said of a thing in a language in which it has no title yet: it is found by it all the same."""
    codes = [code for code, _name in settings.LANGUAGES if not said_in(code, obj, title)]
    return [text for code in codes for name in names if (text := said_in(code, obj, name))]


def describe_mandate(mandate: Mandate) -> Entry:
    """A mandate. It is a result of the programme when it is a text that the programme brought about.

    The files of its text count once they are public.
    """
    text = mandate.text if mandate.text and is_public(mandate.text) else None
    files = list(text.files.all()) if text else []
    return Entry(
        address=address_of(mandate),
        texts=texts_of(mandate, title="name", summary="summary", body="body"),
        public_from=public_from(mandate),
        day=mandate.day,
        day_precision=mandate.day_precision,
        year=mandate.period_from,
        is_result=mandate.is_result,
        is_demo=mandate.is_demo,
        languages={file.language for file in files},
        themes=mandate.themes.all(),
        words=[
            *said_in_any(mandate, "short_name"),
            *(file.title for file in files),
            *words_without_title(mandate, "summary", "body"),
        ],
    )


def describe_strand(strand: ProgrammeStrand) -> Entry:
    """A programme strand, found under every name that was ever printed."""
    return Entry(
        address=address_of(strand),
        texts=texts_of(strand, title="name", summary="summary", body="standing"),
        public_from=public_from(strand),
        day=strand.day,
        day_precision=strand.day_precision,
        is_demo=strand.is_demo,
        themes=strand.themes.all(),
        words=[
            strand.abbreviation,
            *(name.name for name in strand.names.all()),
            *words_without_title(strand, "summary", "standing"),
        ],
    )


def describe_document(document: Document) -> Entry:
    """A document, found under its title and under that of each of its files; shown with its own where it has one."""
    files = list(document.files.all())
    own = {file.language: Text(file.title) for file in files if file.title}
    texts = {**own, **texts_of(document, title="title", summary="summary")}
    return Entry(
        address=address_of(document),
        texts=texts,
        public_from=public_from(document),
        day=document.day,
        day_precision=document.day_precision,
        is_result=True,
        is_demo=document.is_demo,
        languages={file.language for file in files},
        themes=document.themes.all(),
        countries=document.countries.all(),
        words=[
            document.authors,
            *(text.title for language, text in own.items() if text.title != texts[language].title),
            *words_without_title(document, "summary", title="title"),
        ],
    )


def register_kinds() -> None:
    """Make the library's kinds known (called once, when the applications are ready)."""
    for kind in (
        Kind("document", _("Document"), _("Documents"), Document, describe_document, tells=_mandates_of),
        Kind("mandate", _("Mandate or strategy"), _("Mandates and strategies"), Mandate, describe_mandate),
        Kind("strand", _("Programme strand"), _("Programme strands"), ProgrammeStrand, describe_strand),
    ):
        register_kind(kind)


def _mandates_of(document: Document) -> Iterable[Mandate]:
    """The mandates of which it is the text: they are found by its files."""
    return document.mandates.all()
