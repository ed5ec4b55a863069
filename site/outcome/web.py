"""What every response has in common: its edition, its language, its security headers, and pages for errors."""

import re

from flask import Flask, Response, current_app, request
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from outcome.edition import Edition
from outcome.keeper import Keeper, Present, Still
from outcome.words.languages import Language, lookup

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PRESENT = "outcome.present"
"""Where a request's environment holds what it is answered from."""
_FRESH = "public, max-age=60, stale-while-revalidate=600"
"""How long a copy is good: a minute; and for ten more it is shown while the next one is fetched (RFC 5861)."""
ASK_EACH_TIME = "no-cache"
"""Let a copy be kept, but ask each time: what has not changed is answered by 304."""
_LONGEST = 1000  # characters of an Accept-Language: no browser sends more
_RANGE = r"(?:\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)(?:[ \t]*;[ \t]*[Qq]=(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
# RFC 9110, 12.5.4; empty elements of a list are to be let pass: 5.6.1.2
_ACCEPT_LANGUAGE = re.compile(rf"[ \t]*(?:{_RANGE})?[ \t]*(?:,[ \t]*(?:{_RANGE})?[ \t]*)*")
_YEAR = 365 * 24 * 60 * 60  # seconds


def init_app(app: Flask, keeper: Keeper | Still) -> None:
    """Give every request its edition and locale, every response its headers, and every error the site's look."""
    app.url_map.strict_slashes = False  # pages redirect by themselves: see public/pages.py
    app.url_map.merge_slashes = False
    Babel(app, locale_selector=locale_of_request)
    app.extensions["outcome"] = keeper
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _error)


def present() -> Present:
    """What this request is answered from: the same from its start to its end, and the press's."""
    if PRESENT not in request.environ:
        request.environ[PRESENT] = current_app.extensions["outcome"].current()
    kept: Present = request.environ[PRESENT]
    return kept


def edition() -> Edition:
    """The edition of this request."""
    return present().edition


def language_of_address() -> Language:
    """The language that the address names; English if it names none that the site has."""
    return edition().language(request.path.split("/")[1]) or edition().library.english


def language_asked_for() -> Language:
    """The language that the browser asks for, best first; English if it asks for none, or not in good form."""
    languages = edition().languages
    asked = request.headers.get("Accept-Language", "")
    if len(asked) <= _LONGEST and _ACCEPT_LANGUAGE.fullmatch(asked):
        for tag, quality in request.accept_languages:
            if quality > 0 and (found := lookup(tag, languages)):
                return found
    return edition().library.english


def locale_of_request() -> str:
    """The locale that Flask-Babel holds for this request."""
    language = language_asked_for() if request.path == "/" else language_of_address()
    return language.locale


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
    """Say what happened and where to go, in the site's look. A fault of ours shows nothing of how the site is made."""
    status = error.code or 500
    headers = [(name, value) for name, value in error.get_headers() if name not in {"Content-Type", "Location"}]
    language = language_of_address()
    page = edition().error_page(status, language.tag)
    response = Response(page, status, headers, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = language.tag
    response.headers["Cache-Control"] = "no-store"
    return response
