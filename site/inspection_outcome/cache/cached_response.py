"""One cached response: its compressed body and all its headers, ready to be sent repeatedly."""

import gzip
import hashlib
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
from msgspec import Struct
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags, unquote_etag
from werkzeug.wrappers import Response

_BR, _GZIP, _AS_IT_IS = "br", "gzip", "identity"
"""The content codings, in the order of their usual size (RFC 9110, 8.4.1)."""
_SHORTEST = 200  # bytes: compression does not make a shorter text smaller
_LONGEST = 200  # characters of an Accept-Encoding header: no browser sends more
_TEXT = (
    "text/",
    "image/svg+xml",
    "application/atom+xml",
    "application/xml",
    "application/json",
    "application/manifest+json",
    "application/schema+json",
)
"""Prefixes of the media types that compress well.

The offline pack (application/gzip) is compressed already.
"""
_OF_THE_BODY = {"Content-Encoding", "Content-Language", "Content-Length", "Content-Type"}
"""Representation headers, omitted from a 304."""


def with_brotli(text: bytes) -> bytes:
    """Return a text as Brotli (RFC 7932), at the highest compression level."""
    compressed: bytes = brotli.compress(text, mode=brotli.MODE_TEXT)  # brotli is untyped
    return compressed


def with_gzip(text: bytes) -> bytes:
    """Return a text as gzip (RFC 1952), without a timestamp: the same text gives the same bytes."""
    return gzip.compress(text, mtime=0)


_PACK: dict[str, Callable[[bytes], bytes]] = {_BR: with_brotli, _GZIP: with_gzip, _AS_IT_IS: bytes}
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    _GZIP: gzip.decompress,
    _BR: brotli.decompress,
    _AS_IT_IS: bytes,
}


@lru_cache(maxsize=128)
def codings(asked: str) -> tuple[str, ...]:
    """Return the content codings that an Accept-Encoding header prefers, the best first.

    The last one is identity, which every client can read. A header that is malformed, or longer
    than any browser's, gets identity only (RFC 9110, 12.5.3).
    """
    accept = parse_accept_header(asked if len(asked) <= _LONGEST else "", Accept)
    least = accept.quality(_AS_IT_IS)
    wanted = [
        coding
        for coding in (_BR, _GZIP)
        if accept.quality(coding) > 0 and accept.quality(coding) >= least
    ]
    return (*sorted(wanted, key=accept.quality, reverse=True), _AS_IT_IS)


class _Form(Struct, frozen=True):
    """The response in one content coding.

    A form without a body is decompressed for each request, as hardly any client asks for it.
    """

    etag: str
    headers: list[tuple[str, str]]
    body: bytes | None


class CachedResponse:
    """A cached response.

    A text is kept in each content coding that was requested, and from then on no longer
    uncompressed.
    """

    def __init__(self, response: Response) -> None:
        """Take a response of the app, which gets strong ETags unless it has an ETag already."""
        self._headers = response.headers
        self._body: bytes | None = response.get_data()
        self._is_text = (response.mimetype or "").startswith(_TEXT) and len(self._body) > _SHORTEST
        self._tag = hashlib.sha256(self._body).hexdigest()[:16]
        self._forms: dict[str, _Form] = {}

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD request in the best coding, or with a 304 (RFC 9110, 13.1.2)."""
        coding = codings(environ.get("HTTP_ACCEPT_ENCODING", ""))[0] if self._is_text else _AS_IT_IS
        form = self._forms.get(coding) or self._make(coding)
        has = environ.get("HTTP_IF_NONE_MATCH")
        if has and (
            has == form.etag or parse_etags(has).contains_weak(unquote_etag(form.etag)[0] or "")
        ):
            headers = [pair for pair in form.headers if pair[0] not in _OF_THE_BODY]
            start_response("304 Not Modified", headers)
            return []
        start_response("200 OK", list(form.headers))  # a copy, as a server may change it (PEP 3333)
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return [self._unpacked() if form.body is None else form.body]

    def _make(self, coding: str) -> _Form:
        """Return the response in one coding. At worst, two threads compress the same one twice."""
        if coding == _AS_IT_IS and self._is_text:
            if self._body is not None:
                self._make(_GZIP)  # kept, to decompress from
            form = self._form(coding, self._unpacked(), kept=False)
        else:
            form = self._form(coding, _PACK[coding](self._unpacked()))
        form = self._forms.setdefault(coding, form)
        self._body = None
        return form

    def _unpacked(self) -> bytes:
        if (body := self._body) is not None:
            return body
        for coding, unpack in _UNPACK.items():
            if (form := self._forms.get(coding)) and form.body is not None:
                return unpack(form.body)
        raise AssertionError("a form is kept before the body is let go")

    def _form(self, coding: str, body: bytes, *, kept: bool = True) -> _Form:
        headers = self._headers.copy()
        if self._is_text:
            headers.add("Vary", "Accept-Encoding")
        if coding != _AS_IT_IS:
            headers["Content-Encoding"] = coding
        headers["Content-Length"] = str(len(body))
        tag = self._tag if coding == _AS_IT_IS else f"{self._tag}-{coding}"
        headers.setdefault("ETag", f'"{tag}"')
        # Interned, as most pairs are the same for every page.
        pairs = [(sys.intern(name), sys.intern(value)) for name, value in headers]
        return _Form(headers["ETag"], pairs, body if kept else None)
