"""Hands a stored file to a browser, whole or in part, and to nobody else."""

import re
from collections.abc import Callable, Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from portal.core.models import StoredFile

Predicate = Callable[[HttpRequest, StoredFile], bool]
INLINE = {"image/jpeg", "image/png", "application/pdf"}  # nothing among them runs in our pages
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024
_predicates: dict[str, Predicate] = {}


def register_access(purpose: str, predicate: Predicate) -> None:
    """``predicate(request, stored_file)`` says who may open files of ``purpose``. Without one, nobody may."""
    if _predicates.setdefault(purpose, predicate) is not predicate:
        raise ValueError(f"two predicates guard files of purpose {purpose}")


def may_open(request: HttpRequest, stored_file: StoredFile) -> bool:
    """Whether the one who asks may open the file."""
    predicate = _predicates.get(stored_file.purpose)
    return predicate is not None and predicate(request, stored_file)


def closed_purposes(request: HttpRequest) -> list[str]:
    """The purposes whose files the one who asks may not open, so that lists do not name them either."""
    return [purpose for purpose in _predicates if not may_open(request, StoredFile(purpose=purpose))]


def serve_file(request: HttpRequest, stored_file: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """The file as a download, or shown in the browser when ``inline`` and its type is harmless. Who may have it is
    checked before, by the caller.

    Answers one byte range (206, or 416 when it lies outside), ``If-Range`` and ``If-None-Match``.
    """
    etag = f'"{stored_file.sha256}"'
    response: HttpResponseBase
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = _body(request, stored_file, etag)
        show = inline and stored_file.content_type in INLINE
        disposition = content_disposition_header(as_attachment=not show, filename=stored_file.name)
        response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _body(request: HttpRequest, stored_file: StoredFile, etag: str) -> HttpResponseBase:
    asked = _asked_range(request, stored_file.size, etag)
    if asked is None:
        whole = FileResponse(stored_file.file.open("rb"), content_type=stored_file.content_type)
        whole.headers["Content-Length"] = str(stored_file.size)
        return whole
    first, last = asked
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored_file.size}"})
    part = StreamingHttpResponse(_part(stored_file, first, last), status=206, content_type=stored_file.content_type)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{stored_file.size}"
    part.headers["Content-Length"] = str(last - first + 1)
    return part


def _asked_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for; first > last when they lie outside; None for the whole file.

    Several ranges at once, or a range written wrongly, get the whole file, as the standard allows.
    """
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.groups() == ("", "") or request.headers.get("If-Range", etag) != etag:
        return None
    start, end = found.groups()
    if not start:
        return (max(size - int(end), 0), size - 1) if int(end) else (1, 0)
    if end and int(end) < int(start):
        return None
    first, last = int(start), min(int(end or size), size - 1)
    return (first, last) if first < size else (1, 0)


def _part(stored_file: StoredFile, first: int, last: int) -> Iterator[bytes]:
    with stored_file.file.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
