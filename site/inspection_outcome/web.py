"""What every response has in common: edition, language, security headers and error pages."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from babel import Locale
from flask import Flask, Response, abort, current_app, request
from flask_babel import Babel, get_locale
from werkzeug.exceptions import HTTPException

from inspection_outcome.edition import Edition
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.tags import lookup
from inspection_outcome.pages.urls import ROOT
from inspection_outcome.renderer import Renderer
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
    # The templates are not Flask's, and read no locale.
    Babel(app, configure_jinja=False, locale_selector=_locale)
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


def renderer() -> Renderer:
    """Return what renders the edition of this request."""
    return snapshot().renderer


def language() -> Language:
    """Return the language of this request: the one whose locale Flask-Babel holds.

    No two languages have the same locale: see `i18n.languages.load`.
    """
    locale = get_locale()
    return next(each for each in edition().catalogues.languages if each.babel == locale)


def language_named() -> Language | None:
    """Return the language that the address names, in any spelling; None if it names none."""
    return lookup(request.path.split("/")[1], edition().catalogues.languages)


def _language_asked_for() -> Language | None:
    """Return the language that the browser prefers of those shown; None if it accepts none."""
    for tag, quality in request.accept_languages:
        if quality > 0 and (found := lookup(tag, edition().catalogues.shown)):
            return found
    return None


def _locale() -> Locale:
    """Return the locale of this request, for Flask-Babel to hold; English if nothing says which."""
    chosen = _language_asked_for() if request.path == ROOT else language_named()
    return (chosen or edition().catalogues.english).babel


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
        f"default-src 'none'; style-src {edition().theme.style_hashes}; img-src 'self'; "
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
    page = renderer().error_page(status, language().tag)
    response = Response(page, status, headers, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = language().tag
    response.headers["Cache-Control"] = "no-store"
    return response
