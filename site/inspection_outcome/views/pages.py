"""The views of the pages that people read."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.i18n.languages import Language, lookup
from inspection_outcome.pages.urls import HOME, page_address
from inspection_outcome.web import edition, language_asked_for, snapshot


def register(blueprint: Blueprint) -> None:
    """Add every page in every language."""
    # Not strict, so that `page` itself redirects an address without its trailing slash.
    blueprint.add_url_rule(
        "/<language>/", view_func=page, defaults={"name": HOME}, strict_slashes=False
    )
    blueprint.add_url_rule("/<language>/<path:name>/", view_func=page, strict_slashes=False)


def root() -> AnyResponse:
    """Redirect to the home page in the reader's language."""
    response = redirect(page_address(HOME, language_asked_for().tag), 302)
    response.headers["Vary"] = "Accept-Language"
    # A cache that ignores Vary would send readers to each other's languages.
    response.headers["Cache-Control"] = "no-store"
    return response


def page(language: str, name: str) -> AnyResponse:
    """Return a page, or redirect to its canonical address.

    The redirect is for other spellings: no trailing slash, /PL/, /pl-PL/.
    """
    found = lookup(language, edition().catalogues.languages)
    if found is None or name not in edition().report.pages:
        abort(404)
    address = page_address(name, found.tag)
    if request.path != address:
        return moved(address)
    response = Response(
        edition().page(name, found.tag, snapshot().told_on),
        content_type="text/html; charset=utf-8",
    )
    response.headers["Content-Language"] = found.tag
    return response


def in_language(
    address: Callable[[str], str],
) -> Callable[[Callable[[Language], Response]], Callable[[str], AnyResponse]]:
    """Return a decorator that looks up the language tag in the address for a view.

    `address`: the function from tag to canonical address, to which another spelling of the tag is
    redirected.
    """

    def decorate(view: Callable[[Language], Response]) -> Callable[[str], AnyResponse]:
        @wraps(view)
        def asked(language: str) -> AnyResponse:
            found = lookup(language, edition().catalogues.languages)
            if found is None:
                abort(404)
            own = address(found.tag)
            return view(found) if request.path == own else moved(own)

        return asked

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
