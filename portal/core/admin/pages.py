"""Pages of the administration beside Django's own: one frame, one way to ask."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.response import TemplateResponse
from unfold.admin import ModelAdmin


def admin_page(
    request: HttpRequest, model_admin: ModelAdmin, template: str, title: Any, **context: Any
) -> TemplateResponse:
    """A page in the administration's frame; ``template`` extends ``admin/page.html``."""
    request.current_app = model_admin.admin_site.name  # Django's way to tell templates
    frame = {**model_admin.admin_site.each_context(request), "title": title, "opts": model_admin.opts}
    return TemplateResponse(request, template, {**frame, **context})


def ask(
    request: HttpRequest,
    model_admin: ModelAdmin,
    title: Any,
    *,
    lines: list[Any],
    back_url: str,
    form: forms.Form | None = None,
    **context: Any,
) -> TemplateResponse:
    """The page that says what will happen and asks whether it shall.

    ``context`` may hold ``button`` and ``tone``, ``gaps`` (what is missing), ``shown`` (pairs: what will be public),
    ``things`` (pairs of a name and remarks about it) with their ``count``, ``hidden`` (pairs for hidden fields) and
    ``seen`` (which state of the words the officer looks at).
    """
    context = {"button": title, "tone": "primary", "seen": None, **context}
    media = form.media if form else ""
    return admin_page(
        request, model_admin, "admin/ask.html", title, lines=lines, back_url=back_url, form=form, media=media, **context
    )
