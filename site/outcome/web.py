"""What every response has in common: its edition, its security headers, and pages for errors."""

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from outcome.edition import Edition, Keeper

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR = 365 * 24 * 60 * 60  # seconds


def init_app(app: Flask, keeper: Keeper) -> None:
    """Give every request its edition, every response its headers, and every error the site's look."""
    app.extensions["outcome"] = keeper
    app.after_request(_headers)
    app.register_error_handler(HTTPException, _error)


def edition() -> Edition:
    """The edition of this request: the same one from its start to its end."""
    if "edition" not in g:
        g.edition = current_app.extensions["outcome"].current()
    kept: Edition = g.edition
    return kept


def _headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {edition().style_hash}; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return response


def _error(error: HTTPException) -> Response:
    """Say what happened and where to go, in the site's look. A fault of ours shows nothing of how the site is made."""
    status = error.code or 500
    headers = [(name, value) for name, value in error.get_headers() if name not in {"Content-Type", "Location"}]
    response = Response(edition().error_page(status), status, headers, content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = "en"
    response.headers["Cache-Control"] = "no-store"
    return response
