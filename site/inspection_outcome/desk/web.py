"""What all requests to the desk have in common: who may ask, headers, and error pages."""

import functools
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, TypeVar

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.desk.access import Access, Person, Role, unsaved
from inspection_outcome.desk.changes import Changes
from inspection_outcome.desk.find import page_of
from inspection_outcome.desk.history import History
from inspection_outcome.desk.publishing import Publishing
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.stocks import Stocks

_Error = TypeVar("_Error", bound=HTTPException)
_Handler: TypeAlias = Callable[[_Error], ResponseReturnValue]
_KEY = "desk"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": (
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
IN_FRAME = (
    "default-src 'none'; style-src 'self' {styles}; img-src 'self'; script-src 'none'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""The policy of what stands in the frame: the page itself, without its scripts."""
_WAY_IN = {f"sign_in.{each}" for each in ("start", "back", "out", "ended")}
_OPEN = {"static", "assets.style", "assets.file"} | _WAY_IN
"""The look of pages and the way in, which also those get who may not use the desk."""
_TOLD = {
    400: ("This did not work", "Go back, load the page again, and try once more."),
    403: ("This was asked from another site", "Open the desk by its own address."),
    404: ("There is no such page here", "It may have been renamed, or a language taken out."),
    405: ("This address is for forms", "Begin again on Today."),
    413: ("That is too long", "Go back, and write one sentence only."),
    500: ("Something went wrong in the desk", "What was saved is kept. Try again."),
}
_NOBODY = Person("Somebody", roles=())
_NOT_YOURS = ("This is for somebody else", "Ask whoever looks after the desk to let you do it.")


class NotAllowedError(Forbidden):
    """Raised for what the person who is asking may not do."""


class Desk(NamedTuple):
    """What requests share."""

    stocks: Stocks
    history: History
    access: Access
    content: History
    """Of the content: the English and the facts."""
    publishing: Publishing | None = None


def init_app(app: Flask, desk: Desk) -> None:
    """Set up who may ask, the headers of all responses, and error pages."""
    app.extensions[_KEY] = desk
    app.session_interface = desk.access.sessions
    app.before_request(_guard)
    app.after_request(_headers)
    app.register_error_handler(HTTPException, error)
    app.context_processor(
        lambda: {
            "person": desk.access.person(),
            "signs_in": desk.access.signs_in,
            "may": may,
            "Role": Role,
            "result": "",
            "has_live": desk.publishing is not None,
            "waiting": waiting,
        }
    )


def history() -> History:
    """Return the history of the translations."""
    return _desk().history


def content_history() -> History:
    """Return the history of the content."""
    return _desk().content


def access() -> Access:
    """Return the way in which people are known."""
    return _desk().access


def publishing() -> Publishing | None:
    """Return how readers get what is saved; None if they have it at once."""
    return _desk().publishing


def waiting() -> Changes | None:
    """Return what is saved and not live; None if that is not known.

    Only a request that has looked at the files knows: an error page must not be one more error.
    """
    how = publishing()
    return how.waiting(stock()) if how and "stock" in g else None


def person() -> Person:
    """Return who is asking. Every view but that of the name is asked by somebody with a name."""
    return _desk().access.person() or _NOBODY


def may(role: Role, tag: str = "") -> bool:
    """Return whether who is asking may do this, in a language if `tag` is given."""
    return person().may(role, tag)


def allow(role: Role, tag: str = "") -> None:
    """Answer 403 if who is asking may not do this. Every view that changes something calls it."""
    if not may(role, tag):
        raise NotAllowedError


def sent(name: str) -> str:
    """Return a field of the form that was sent; empty if it has none of this name."""
    return request.form.get(name, "")


def stock() -> Stock:
    """Return the stock of this request: the same from its start to its end."""
    if "stock" not in g:
        g.stock = _desk().stocks.current()
    kept: Stock = g.stock
    return kept


def renewed_stock() -> Stock:
    """Return the stock of this request after it has changed files."""
    g.pop("stock", None)
    return stock()


def _desk() -> Desk:
    desk: Desk = current_app.extensions[_KEY]
    return desk


def _guard() -> AnyResponse | str | tuple[str, int] | None:
    """Refuse other hosts (DNS rebinding) and other sites; then ask who it is."""
    if request.environ.get("HTTP_HOST", "").lower() not in access().hosts:
        return "This desk answers only at its own address.\n", 400
    if request.method not in {"GET", "HEAD"} and not _from_here():
        return _page(403), 403
    return None if request.endpoint in _OPEN else access().stop() or _unready()


def _unready() -> AnyResponse | None:
    """Return the answer to what was followed in a frame, and to somebody without a name."""
    if request.headers.get("Sec-Fetch-Dest") == "iframe" and request.method == "GET":
        return _followed_in_frame()
    named = access().person() or request.endpoint == "people.name"
    if not named and request.method == "GET":
        return redirect(url_for("people.name"), 303)
    return None


def _from_here() -> bool:
    """Return whether a form was sent by a page of the desk, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", request.host_url.rstrip("/"))
    return site == "same-origin" and origin == request.host_url.rstrip("/")


def _followed_in_frame() -> AnyResponse | None:
    """Keep the frame on previews: a link in it leads to an address of the public site."""
    if request.endpoint == "page.preview":
        return None
    tag, name = request.path.split("/")[1], page_of(stock(), request.path)
    if name:
        return redirect(url_for("page.preview", tag=tag, name=name), 303)
    page = render_template("left.html")
    return Response(page, headers={"Content-Security-Policy": IN_FRAME.format(styles="")})


def _headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    # Not no-referrer: browsers would then send forms with the origin 'null'.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    # Not no-store: browsers would forget what was typed when somebody goes back.
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def error(error: HTTPException) -> AnyResponse | tuple[str, int]:
    """Return an error page, which says what to do."""
    status = error.code or 500
    if 300 <= status < 400:  # noqa: PLR2004 (redirects)
        return error.get_response()
    if isinstance(error, NotAllowedError):
        title, remedy = _NOT_YOURS
        return render_template("error.html", title=title, remedy=remedy, **unsaved()), status
    typed = {"retry": True} | unsaved() if status == 500 else {}  # noqa: PLR2004 (HTTP)
    return _page(status, **typed), status


def with_error_page(handler: _Handler[_Error]) -> _Handler[_Error]:
    """Return an error handler whose own HTTP errors are answered, too: Flask would answer 500."""

    @functools.wraps(handler)
    def handle(given: _Error) -> ResponseReturnValue:
        try:
            return handler(given)
        except HTTPException as own:
            return error(own)

    return handle


def _page(status: int, **typed: object) -> str:
    known = status if status in _TOLD else 400 if status < 500 else 500  # noqa: PLR2004 (HTTP)
    title, remedy = _TOLD[known]
    return render_template("error.html", title=title, remedy=remedy, **typed)
