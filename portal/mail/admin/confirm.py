"""The page that asks before something is done."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse

SHOWN = 20


def confirm_page(
    model_admin: ModelAdmin,
    request: HttpRequest,
    *,
    title: Any,
    question: Any,
    button: Any,
    back_url: str,
    labels: Iterable[Any] = (),
    fields: Iterable[tuple[str, str]] = (),
    note_label: Any = "",
) -> TemplateResponse:
    """A page with ``question``, what it is about, and a form that POSTs ``fields`` to the same address.

    ``note_label``: asks for a note as well, sent as ``note``. Nothing is changed by showing it.
    """
    labels = [str(label) for label in labels]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "question": question,
        "button": button,
        "back_url": back_url,
        "labels": labels[:SHOWN],
        "more": max(len(labels) - SHOWN, 0),
        "fields": [*fields, ("confirmed", "yes")],
        "note_label": note_label,
    }
    return TemplateResponse(request, "admin/mail/confirm.html", context)
