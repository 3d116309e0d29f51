"""One kept page: its headers and its body in every encoding, compressed once."""

import gzip
import hashlib
from dataclasses import dataclass

import brotli

Headers = list[tuple[str, str]]

COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
MIN_COMPRESSED_BYTES = 200
BROTLI_QUALITY = 5  # a third of the time of the default for nearly its size
OVERHEAD_BYTES = 1024  # headers and bookkeeping, roughly
REPLACED = {"content-length", "etag", "vary"}
IN_304 = {"cache-control", "content-language", "content-location", "expires", "vary"}


@dataclass(frozen=True)
class Entry:
    """``bodies`` maps an encoding ("" for none, "gzip", "br") to the bytes to send."""

    headers: Headers
    vary: str
    etag: str
    bodies: dict[str, bytes]
    epoch: str
    until: float

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values()) + OVERHEAD_BYTES

    def answer(self, *, is_head: bool, accept_encoding: str, if_none_match: str) -> tuple[str, Headers, bytes]:
        """Status, headers and body for one request."""
        encoding = next(
            (name for name in ("br", "gzip") if name in self.bodies and _accepts(accept_encoding, name)), ""
        )
        body, etag = self.bodies[encoding], f'"{self.etag}{encoding and "-" + encoding}"'
        own = [("ETag", etag), ("Vary", self.vary)]
        if _matches(if_none_match, etag):
            kept = [(name, value) for name, value in self.headers if name.lower() in IN_304]
            return "304 Not Modified", kept + own, b""
        if encoding:
            own.append(("Content-Encoding", encoding))
        own.append(("Content-Length", str(len(body))))
        return "200 OK", self.headers + own, b"" if is_head else body


def make_entry(headers: Headers, body: bytes, *, epoch: str, until: float) -> Entry:
    """An entry from an answer as it was rendered, not yet compressed."""
    kept = [(name, value) for name, value in headers if name.lower() not in REPLACED]
    varies = [value for name, value in headers if name.lower() == "vary"]
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    bodies = {"": body}
    if content_type.startswith(COMPRESSIBLE) and len(body) >= MIN_COMPRESSED_BYTES:
        bodies["gzip"] = gzip.compress(body, 6, mtime=0)
        bodies["br"] = brotli.compress(body, quality=BROTLI_QUALITY)
    etag = hashlib.sha256(content_type.encode() + b"\0" + body).hexdigest()[:32]
    return Entry(kept, ", ".join([*varies, "Accept-Encoding"]), etag, bodies, epoch, until)


def _accepts(accept_encoding: str, encoding: str) -> bool:
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == encoding:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _matches(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags
