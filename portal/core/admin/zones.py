"""Instants in the administration are shown and asked for in the reader's zone, and the zone is always named."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.times import format_instant, zone_label

EMPTY = "-"


def zoned_column(field: models.DateTimeField) -> Callable[[models.Model], str | None]:
    """A column that shows ``field`` with its zone and sorts by it."""

    @admin.display(description=field.verbose_name, ordering=field.name)
    def column(obj: models.Model) -> str | None:
        value = getattr(obj, field.attname)
        return format_instant(value, timezone.get_current_timezone_name()) if value else None

    return column


class ZonedTimesMixin:
    """For admins and inlines: names the zone beside date-times that are read only, and under those to fill in."""

    readonly_preprocess_fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opts = self.model._meta  # type: ignore[attr-defined]  # set by Django's __init__
        instants = [field.name for field in opts.fields if isinstance(field, models.DateTimeField)]
        self.readonly_preprocess_fields = dict.fromkeys(instants, _with_zone) | self.readonly_preprocess_fields

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin
        if formfield and isinstance(db_field, models.DateTimeField):
            hint = _("In {zone}.").format(zone=_zone_now())
            formfield.help_text = format_lazy("{} {}", formfield.help_text, hint) if formfield.help_text else hint
        return formfield


def _with_zone(contents: str) -> str:
    return contents if contents in {EMPTY, ""} else format_html("{} {}", contents, _zone_now())


def _zone_now() -> str:
    return zone_label(timezone.get_current_timezone_name(), timezone.now())
