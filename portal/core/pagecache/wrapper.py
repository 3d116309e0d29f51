"""The WSGI application around Django's: answers public pages from memory before any middleware runs."""

import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from portal.core.negotiation import negotiate
from portal.core.pagecache.entry import Entry, Headers, make_entry
from portal.core.pagecache.epoch import read_epoch
from portal.core.pagecache.marks import ONE_LANGUAGE, PUBLIC, UNTIL, declared_parameters
from portal.core.pagecache.store import Key, Store

MAX_AGE_SECONDS = 15 * 60  # a boundary that a view forgot to declare does no harm for longer
MAX_PAGE_BYTES = 1024 * 1024
VARY_ALLOWED = {"accept-encoding", "hx-request"}
# Messengers and mail tools add these to links; they change nothing on a page.
IGNORED_PARAMETERS = {"from", "isappinstalled", "fbclid", "utm_source", "utm_medium", "utm_campaign"}
# Programs read here: every parameter means something (``from`` is a day), and the language is in no path.
API = "/api/"
JSON_TYPES = {"*/*", "application/*", "application/json"}


class PageCache:
    """Wraps ``application``. ``clock`` gives seconds since 1970."""

    def __init__(
        self, application: WSGIApplication, *, store: Store | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.application = application
        self.store = store or Store()
        self.clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ) if _may_be_cached(environ) else None
        # Read before rendering: a page rendered while a change commits is kept under the old value and found stale.
        epoch = read_epoch() if key else None
        if key is None or epoch is None:
            return self.application(environ, start_response)
        entry = self.store.get(key, epoch=epoch, now=self.clock())
        if entry is None:
            return self._render(environ, start_response, key, epoch)
        return _send(entry, environ, start_response)

    def _render(self, environ: WSGIEnvironment, start_response: StartResponse, key: Key, epoch: str) -> Iterable[bytes]:
        head = _Head()
        answer = self.application(environ, head)
        now = self.clock()
        until = min(environ.get(UNTIL, now + MAX_AGE_SECONDS), now + MAX_AGE_SECONDS)
        if not (_may_be_kept(environ, head) and now < until):
            start_response(head.status, head.headers)
            return answer
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        entry = make_entry(head.headers, body, epoch=epoch, until=until)
        if not _has_ignored_parameters(environ):
            self.store.put(key, entry)
        return _send(entry, environ, start_response)


class _Head:
    """Stands for ``start_response`` until it is known what becomes of the answer."""

    status = ""
    headers: Headers = []

    def __call__(self, status: str, headers: Headers, _exc_info: Any = None, /) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return self._no_write

    @staticmethod
    def _no_write(data: bytes) -> object:
        raise NotImplementedError("Django returns its body; it never writes it")


def _send(entry: Entry, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    status, headers, body = entry.answer(
        is_head=environ["REQUEST_METHOD"] == "HEAD",
        accept_encoding=environ.get("HTTP_ACCEPT_ENCODING", ""),
        if_none_match=environ.get("HTTP_IF_NONE_MATCH", ""),
    )
    start_response(status, headers)
    return [body]


def _may_be_cached(environ: WSGIEnvironment) -> bool:
    """A visitor whom the portal knows, or has a message for, passes by."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
        return False
    if _is_api(environ) and not JSON_TYPES & _accepted(environ):
        return False
    cookies = {part.partition("=")[0].strip() for part in environ.get("HTTP_COOKIE", "").split(";")}
    return not cookies & {settings.SESSION_COOKIE_NAME, "messages"}


def _key(environ: WSGIEnvironment) -> Key | None:
    """The key of the page asked for; None when the query holds a parameter that no view has declared."""
    pairs = [pair for pair in _query(environ) if pair[0] not in _ignored(environ)]
    if any(name not in declared_parameters for name, _ in pairs):
        return None
    return Key(
        is_secure=_is_secure(environ),
        host=environ.get("HTTP_HOST", "").lower(),
        path=environ.get("PATH_INFO", ""),
        query=urlencode(sorted(pairs, key=lambda pair: pair[0])),
        language=negotiate(environ.get("HTTP_ACCEPT_LANGUAGE", "")) if _is_api(environ) else "",
        is_htmx=environ.get("HTTP_HX_REQUEST") == "true" and "HTTP_HX_HISTORY_RESTORE_REQUEST" not in environ,
    )


def _is_secure(environ: WSGIEnvironment) -> bool:
    header = settings.SECURE_PROXY_SSL_HEADER
    if header:
        return environ.get(header[0], "").split(",")[0].strip() == header[1]
    return environ.get("wsgi.url_scheme") == "https"


def _query(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    return parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)


def _has_ignored_parameters(environ: WSGIEnvironment) -> bool:
    return any(name in _ignored(environ) for name, _ in _query(environ))


def _ignored(environ: WSGIEnvironment) -> set[str]:
    return set() if _is_api(environ) else IGNORED_PARAMETERS


def _is_api(environ: WSGIEnvironment) -> bool:
    return str(environ.get("PATH_INFO", "")).startswith(API)


def _accepted(environ: WSGIEnvironment) -> set[str]:
    accepted = str(environ.get("HTTP_ACCEPT", "")) or "*/*"
    return {part.partition(";")[0].strip().lower() for part in accepted.split(",")}


def _may_be_kept(environ: WSGIEnvironment, head: _Head) -> bool:
    """A marked page, whole and plain: 200 to GET, no cookie set, the same for every visitor."""
    if not environ.get(PUBLIC) or environ["REQUEST_METHOD"] != "GET" or not head.status.startswith("200"):
        return False
    headers = {name.lower(): value for name, value in head.headers}
    if "set-cookie" in headers or "content-encoding" in headers or "no-store" in headers.get("cache-control", ""):
        return False
    vary = {name.strip().lower() for name in headers.get("vary", "").split(",") if name.strip()}
    # Streamed answers carry no length. They are not for memory.
    # The API's pages vary by a language that is in their key; Django says so of others that have one language only.
    has_language = _is_api(environ) or environ.get(ONE_LANGUAGE)
    allowed = VARY_ALLOWED | {"accept-language"} if has_language else VARY_ALLOWED
    return vary <= allowed and 0 < int(headers.get("content-length", 0)) <= MAX_PAGE_BYTES
