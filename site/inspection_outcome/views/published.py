"""The views that only static files need: a page for the root, and 404 pages."""

from flask import Blueprint, Response

from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.pages.urls import missing_address
from inspection_outcome.views.pages import in_language
from inspection_outcome.web import edition


def register(blueprint: Blueprint) -> None:
    """Add the list of languages at the root, and a 404 page in each language."""
    blueprint.add_url_rule("/", view_func=root)
    blueprint.add_url_rule("/404.html", view_func=missing_in_english)
    blueprint.add_url_rule("/<language>/404.html", view_func=missing)


def root() -> Response:
    """Return the list of languages, as static files cannot choose by Accept-Language."""
    return Response(edition().root_page(), content_type="text/html; charset=utf-8")


@in_language(missing_address)
def missing(language: Language) -> Response:
    """Return the 404 page in a language, with status 200; the host sends it with status 404."""
    return Response(
        edition().error_page(404, language.tag), content_type="text/html; charset=utf-8"
    )


def missing_in_english() -> Response:
    """Return the 404 page in English, for addresses without a known language."""
    return Response(edition().error_page(404, ENGLISH), content_type="text/html; charset=utf-8")
