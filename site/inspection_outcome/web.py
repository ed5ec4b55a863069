"""What every response has in common: edition, language, security headers and error pages."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, current_app, request
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from inspection_outcome.edition import Edition
from inspection_outcome.i18n.languages import Language, lookup
from inspection_outcome.store import Snapshot, Store

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SNAPSHOT = "inspection_outcome.snapshot"
"""The key of the request's Snapshot in its WSGI environment."""
_FRESH = "public, max-age=60, stale-while-revalidate=600"
"""Caches reuse a response for a minute, and for ten more while they fetch it anew (RFC 5861)."""
ASK_EACH_TIME = "no-cache"
"""Caches may keep a response, but revalidate it on each use; an unchanged one gets a 304."""
_YEAR = 365 * 24 * 60 * 60  # seconds


def init_app(app: Flask, store: Store) -> None:
    """Set up the edition and locale of requests, the headers of responses, and error pages."""
    # Werkzeug's own redirects are absolute, and so repeat the request's Host header:
    # views/pages.py redirects instead.
    app.url_map.redirect_defaults = False
    app.url_map.merge_slashes = False
    Babel(app, locale_selector=locale_of_request)
    app.extensions["inspection_outcome"] = store
    app.before_request(_refuse_extra_slashes)
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _error)


def snapshot() -> Snapshot:
    """Return the snapshot of this request: the same throughout the request, and in the cache."""
    if SNAPSHOT not in request.environ:
        request.environ[SNAPSHOT] = current_app.extensions["inspection_outcome"].current()
    kept: Snapshot = request.environ[SNAPSHOT]
    return kept


def edition() -> Edition:
    """Return the edition of this request."""
    return snapshot().edition


def language_of_address() -> Language:
    """Return the language that the address names; English if it names none that the site has."""
    return edition().language(request.path.split("/")[1]) or edition().catalogues.english


def language_asked_for() -> Language:
    """Return the language of the site that the browser prefers; English if it accepts none."""
    languages = edition().languages
    for tag, quality in request.accept_languages:
        if quality > 0 and (found := lookup(tag, languages)):
            return found
    return edition().catalogues.english


def locale_of_request() -> str:
    """Return the locale of this request for Flask-Babel."""
    language = language_asked_for() if request.path == "/" else language_of_address()
    return language.locale


class NormalizedRequest:
    """WSGI middleware that lowercases the host, and allows no scheme but http and https.

    A host is case-insensitive (RFC 9110, 4.2.3). A proxy may forward any text as the scheme:
    anything but https counts as http.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Normalize one request and pass it to the app."""
        if environ["wsgi.url_scheme"] != "https":
            environ["wsgi.url_scheme"] = "http"
        if host := environ.get("HTTP_HOST"):
            environ["HTTP_HOST"] = host.lower()
        return self.app(environ, start_response)


def _refuse_extra_slashes() -> None:
    """Answer '//en/' with 404.

    Werkzeug reads it as '/en/', so that a page would have any number of addresses.
    """
    if (request.environ["PATH_INFO"] or "/") != request.path:  # the site's own addresses are ASCII
        abort(404)


def _headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", _FRESH)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {edition().style_hash}; img-src 'self'; "
        "script-src 'self'; worker-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return response


def _error(error: HTTPException) -> Response:
    """Return an error page in the site's look, which says what happened and where to go.

    The page of an internal error reveals nothing of how the site is built.
    """
    status = error.code or 500
    headers = [
        (name, value)
        for name, value in error.get_headers()
        if name not in {"Content-Type", "Location"}
    ]
    language = language_of_address()
    page = edition().error_page(status, language.tag)
    response = Response(page, status, headers, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = language.tag
    response.headers["Cache-Control"] = "no-store"
    return response
