"""The views of the pages that people read."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.pages.urls import HOME, page_address
from inspection_outcome.web import edition, language, renderer, snapshot


def register(blueprint: Blueprint) -> None:
    """Add every page in every language."""
    # Not strict, so that `page` itself redirects an address without its trailing slash.
    home, other = (page_address(name, "<language>") for name in (HOME, "<path:name>"))
    blueprint.add_url_rule(home, view_func=page, defaults={"name": HOME}, strict_slashes=False)
    blueprint.add_url_rule(other, view_func=page, strict_slashes=False)


def root() -> AnyResponse:
    """Redirect to the home page in the reader's language."""
    response = redirect(page_address(HOME, language().tag), 302)
    response.headers["Vary"] = "Accept-Language"
    # A cache that ignores Vary would send readers to each other's languages.
    response.headers["Cache-Control"] = "no-store"
    return response


def page(name: str) -> AnyResponse:
    """Return a page, or redirect to its canonical address.

    The redirect is for other spellings: no trailing slash, /PL/, /pl-PL/.
    """
    if name not in edition().report.pages:
        abort(404)
    tag = language().tag
    address = page_address(name, tag)
    if request.path != address:
        return moved(address)
    response = Response(
        renderer().page(name, tag, snapshot().told_on), content_type="text/html; charset=utf-8"
    )
    response.headers["Content-Language"] = tag
    return response


def at(
    address: Callable[[str], str],
) -> Callable[[Callable[[], Response]], Callable[[], AnyResponse]]:
    """Return a decorator for a view with an address in each language.

    `address`: the function from tag to canonical address, to which another spelling of the tag is
    redirected.
    """

    def decorate(view: Callable[[], Response]) -> Callable[[], AnyResponse]:
        @wraps(view)
        def answer() -> AnyResponse:
            own = address(language().tag)
            return view() if request.path == own else moved(own)

        return answer

    return decorate


def moved(address: str) -> AnyResponse:
    """Redirect permanently to an address of this site.

    The address is built from the site's own data and not from the request, so that no Host header
    gets into it.
    """
    response = redirect(address, 308)
    # A language that is added later may need the old address.
    response.headers["Cache-Control"] = "no-cache"
    return response
