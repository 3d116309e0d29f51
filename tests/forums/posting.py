"""Fills in a form of a page as a browser does: what is not changed is posted as it stands."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class _Fields(HTMLParser):
    """The values of the successful controls of one form, by its id (or of the whole page)."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, not form_id
        self.data: dict[str, list[str]] = {}
        self.select: str | None = None
        self.first: str | None = None
        self.text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value if value is not None else "" for name, value in attrs}
        name = values.get("name", "")
        if tag == "form" and self.form_id:
            self.inside = values.get("id") == self.form_id
        if not self.inside or "disabled" in values:
            return
        if tag == "input" and name and values.get("type") not in ("submit", "file", "button"):
            if values.get("type") not in ("checkbox", "radio") or "checked" in values:
                self.data.setdefault(name, []).append(
                    values.get("value", "on" if values.get("type") in ("checkbox", "radio") else "")
                )
        elif tag == "select":
            self.select, self.first = name, None
        elif tag == "option" and self.select:
            if self.first is None:
                self.first = values.get("value", "")
            if "selected" in values:
                self.data.setdefault(self.select, []).append(values.get("value", ""))
        elif tag == "textarea":
            self.text = name
            self.data.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self.text:
            self.data[self.text][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            if self.select not in self.data and self.first is not None:
                self.data[self.select] = [self.first]
            self.select = None
        elif tag == "textarea":
            self.text = None


def filled(response: HttpResponse, form_id: str, **changes: Any) -> dict[str, Any]:
    """What the browser would post from the form ``form_id`` of ``response``, with ``changes`` (None takes away)."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    data: dict[str, Any] = {name: values for name, values in parser.data.items() if "__prefix__" not in name}
    data |= changes
    return {name: value for name, value in data.items() if value is not None}
