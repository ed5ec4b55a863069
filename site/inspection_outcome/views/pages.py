"""The pages that people read."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.i18n.languages import Language, lookup
from inspection_outcome.pages.urls import HOME, page_address
from inspection_outcome.web import edition, language_asked_for, snapshot


def register(blueprint: Blueprint) -> None:
    """Add every page in every language."""
    # Not strict, so that `page` sees an address without its trailing slash, and redirects by itself.
    blueprint.add_url_rule("/<language>/", view_func=page, defaults={"name": HOME}, strict_slashes=False)
    blueprint.add_url_rule("/<language>/<path:name>/", view_func=page, strict_slashes=False)


def root() -> AnyResponse:
    """Lead to the reader's language."""
    response = redirect(page_address(HOME, language_asked_for().tag), 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-store"  # a cache that does not heed Vary would mix readers up
    return response


def page(language: str, name: str) -> AnyResponse:
    """Show a page; from another spelling of its address (no trailing slash, /PL/, /pl-PL/), lead to its own."""
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
    """Give a view its language, by the tag in the address; from another spelling of the tag, lead to `address`."""

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
    """Lead to an address of this site: made from its own parts and not from the request, so that no Host gets in."""
    response = redirect(address, 308)
    response.headers["Cache-Control"] = "no-cache"  # a language that is added later may want the old address
    return response
