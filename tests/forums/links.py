"""Addresses of personal links, and what a form holds when it is opened."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from forums.models import Invitation, Registration


def address(thing: Invitation | Registration, part: str = "", language: str = "en", /, **kwargs: Any) -> str:
    """``address(registration, "step", step="you")``: the personal link, or one of the pages behind it."""
    name = f"forums:{thing.LINK}-{part}" if part else f"forums:{thing.LINK}"
    with override(language):
        return reverse(name, kwargs={"token": thing.token, **kwargs})


def typed(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """What a browser would post from the form at ``url``, with ``changes``; None leaves a field out."""
    context = client.get(url).context
    form = context["form"]
    data = {"seen": context["seen"]}
    if context["text"]:
        data["text_version"] = str(context["text"].pk)
    for field in form.visible_fields():
        value = field.value()
        if value is True:
            data[field.html_name] = "on"
        elif value not in (None, False):
            data[field.html_name] = value
    return {name: value for name, value in (data | changes).items() if value is not None}
