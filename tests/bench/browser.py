"""A browser reduced to what a registration needs: open a page, fill in its form, send it, follow."""

from collections.abc import Mapping
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin, urlsplit

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: where to, and what their fields hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append((given.get("action", ""), {}))
        elif self._inside:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _field(self, tag: str, given: dict[str, str]) -> None:
        fields, name = self.forms[-1][1], given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            fields[self._select] = given.get("value", "")
        elif tag == "textarea" and name:
            fields[name] = ""
        elif tag == "input" and name and _is_sent(given):
            fields[name] = given.get("value", "")


def _is_sent(given: dict[str, str]) -> bool:
    """Whether a browser sends this field when nobody touches it."""
    kind = given.get("type")
    return kind != "file" and (kind not in {"radio", "checkbox"} or "checked" in given)


class Browser:
    """One connection to the server at ``base``. Any answer that no good page gives ends the bench."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.connection = HTTPConnection(urlsplit(base).netloc, timeout=60)

    def get(self, path: str) -> str:
        status, _location, html = self._ask("GET", path)
        if status != 200:
            raise SystemExit(f"GET {path}: {status}")
        return html

    def send_form(self, path: str, answers: Mapping[str, str]) -> str:
        """Open the page, fill in its first form with ``answers``, send it; returns the path it leads to."""
        action, fields = Forms(self.get(path)).forms[0]
        status, location, html = self._ask("POST", urljoin(path, action), urlencode({**fields, **answers}))
        if status != 302:
            raise SystemExit(f"POST {path}: {status}\n{html[:2000]}")
        return urlsplit(location).path

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        self.connection.request(method, path, body or None, FORM if method == "POST" else {})
        answer = self.connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()
