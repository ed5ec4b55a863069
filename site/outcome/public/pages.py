"""The pages that people read."""

from flask import Blueprint, Response, abort, redirect, request
from flask_babel import get_locale
from werkzeug.wrappers import Response as AnyResponse

from outcome.pages.addresses import HOME, page_address
from outcome.web import edition
from outcome.words.languages import ENGLISH, Language


def register(blueprint: Blueprint) -> None:
    """Add the root, and every page in every language."""
    blueprint.add_url_rule("/", view_func=root)
    blueprint.add_url_rule("/<language>/", view_func=page, defaults={"name": HOME})
    blueprint.add_url_rule("/<language>/<path:name>/", view_func=page)


def language_of_request() -> Language | None:
    """The language that the address names, if the site has it."""
    return edition().language((request.view_args or {}).get("language", ""))


def locale_of_request() -> str | None:
    """The same as a locale's name, for Flask-Babel."""
    language = language_of_request()
    return language.locale if language else None


def root() -> AnyResponse:
    """Lead to the reader's language."""
    return redirect(page_address(HOME, ENGLISH), 302)


def page(language: str, name: str) -> AnyResponse:
    """Show a page; without its trailing slash, lead to the address that has it."""
    if edition().language(language) is None or name not in edition().report.pages:
        abort(404)
    address = page_address(name, language)
    if request.path != address:
        # Made from the page's own address and not from the request, so that no Host gets into it.
        return redirect(address, 308)
    response = Response(edition().page(name, language), content_type="text/html; charset=utf-8")
    response.headers["Content-Language"] = get_locale().language
    response.headers["Cache-Control"] = "no-cache"
    return response
