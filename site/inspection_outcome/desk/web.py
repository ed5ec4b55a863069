"""What all requests to the desk have in common: who may ask, headers, and error pages."""

from typing import NamedTuple

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.desk import error_pages
from inspection_outcome.desk.access import Access, Person, Role
from inspection_outcome.desk.find import page_of
from inspection_outcome.desk.history import History
from inspection_outcome.desk.publish.changes import Changes
from inspection_outcome.desk.publish.publishing import Publishing
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.stocks import Stocks

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
_NOBODY = Person("Somebody", roles=())


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
    app.register_error_handler(HTTPException, error_pages.error)
    app.register_error_handler(CSRFError, error_pages.ended)
    app.context_processor(
        lambda: {
            "person": desk.access.person(),
            "signs_in": desk.access.signs_in,
            "may": may,
            "Role": Role,
            "result": "",
            "has_live": desk.publishing is not None,
            "waiting": waiting,
            # A form that is sent to the address of its own page takes that page's place in the
            # history of browsers. Going back would then not bring back what was typed.
            "attempt": "2" if request.args.get("attempt") == "1" else "1",
        }
    )


def warm_up(app: Flask) -> None:
    """Do what the first requests would wait for. Who starts a server calls it."""
    desk: Desk = app.extensions[_KEY]
    desk.stocks.warm_up()


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


def for_readers() -> str:
    """Return when readers have what was saved, to follow the word 'Readers'."""
    return "get it when it is published" if publishing() else "see it now"


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
        raise error_pages.NotAllowedError


def sent(name: str) -> str:
    """Return a field of the form that was sent; empty if it has none of this name."""
    return request.form.get(name, "")


def sent_forms(name: str = "form") -> list[str]:
    """Return the fields of the forms of a sentence, such as form-0 and form-1, in order."""
    names = (f"{name}-{place}" for place in range(10))
    return [request.form[each] for each in names if each in request.form]


def tell(what: str, unkept: str = "") -> None:
    """Show on the next screen what was done. `unkept`: why it is not in the history, if so."""
    if what:
        flash(what)
    if unkept:
        flash(f"It is not in the history, so it could not be taken back here: {unkept}")


def stock() -> Stock:
    """Return the stock of this request: the same from its start to its end."""
    if "stock" not in g:
        g.stock = _desk().stocks.current()
    kept: Stock = g.stock
    return kept


def known(tag: str, *, page: str | None = None, id_: str | None = None) -> Stock:
    """Return the stock of this request, or answer 404 if it has no such language, page or id."""
    found = stock()
    known_page = page is None or page in found.pages
    known_id = id_ is None or id_ in found.messages
    return found if tag in found.languages and known_page and known_id else abort(404)


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
        return error_pages.page(403), 403
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
