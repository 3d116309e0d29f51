"""What a thing still lacks before it is fit for the public. Nothing here forbids anything: an officer decides."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from portal.core.languages import NAMES
from portal.core.models import Fact


def gaps_of(obj: models.Model) -> list[str]:
    """The gaps of ``obj`` in words: missing languages, no source, no licence, no file, facts to confirm."""
    gaps = [*missing_languages(obj), *_missing_terms(obj)]
    open_facts = Fact.objects.of(obj).open().count()
    if open_facts:
        text = ngettext(
            "%(count)d fact about it is still to be confirmed.",
            "%(count)d facts about it are still to be confirmed.",
            open_facts,
        )
        gaps.append(text % {"count": open_facts})
    return gaps


def missing_languages(obj: models.Model) -> list[str]:
    """One sentence for each language in which texts are missing that another language has."""
    names, found = translated_fields(type(obj)), []
    told = [name for name in names if any(_text(obj, name, code) for code, _language in settings.LANGUAGES)]
    for code, _language in settings.LANGUAGES:
        lacking = [_label(obj, name) for name in told if not _text(obj, name, code)]
        if lacking:
            found.append(
                _("Without %(language)s text: %(fields)s.")
                % {"language": NAMES.get(code, code), "fields": ", ".join(lacking)}
            )
    return found


def translated_fields(model: type[models.Model]) -> list[str]:
    """The names of the fields of ``model`` that exist in every language of the pages."""
    try:
        return list(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return []


def _missing_terms(obj: Any) -> list[str]:
    found = []
    if not getattr(obj, "source", "-"):
        found.append(_("No source is named."))
    if not getattr(obj, "licence", "-"):
        found.append(_("No licence is chosen: readers are told to ask the office."))
    if hasattr(obj, "files") and not obj.files.exists():
        found.append(_("There is no file."))
    return found


def _text(obj: models.Model, name: str, language: str) -> str:
    return getattr(obj, build_localized_fieldname(name, language)) or ""


def _label(obj: models.Model, name: str) -> str:
    field: Any = obj._meta.get_field(name)
    return str(field.verbose_name)
