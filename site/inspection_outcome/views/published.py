"""What only plain files need: a page for the root, and pages for addresses without one."""

from flask import Blueprint, Response

from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.pages.urls import missing_address
from inspection_outcome.views.pages import in_language
from inspection_outcome.web import edition


def register(blueprint: Blueprint) -> None:
    """Add the list of languages, and a page to show where there is none, in each language."""
    blueprint.add_url_rule("/", view_func=root)
    blueprint.add_url_rule("/404.html", view_func=missing_in_english)
    blueprint.add_url_rule("/<language>/404.html", view_func=missing)


def root() -> Response:
    """Give the list of languages: plain files cannot look at what a browser asks for."""
    return Response(edition().root_page(), content_type="text/html; charset=utf-8")


@in_language(missing_address)
def missing(language: Language) -> Response:
    """Give the page that tells in a language that there is none, as a page that is there: a host shows it with 404."""
    return Response(edition().error_page(404, language.tag), content_type="text/html; charset=utf-8")


def missing_in_english() -> Response:
    """Give the same for where no language is known."""
    return Response(edition().error_page(404, ENGLISH), content_type="text/html; charset=utf-8")
