"""The views that only static files need: a page for the root, and 404 pages."""

from flask import Blueprint, Response

from inspection_outcome.pages.urls import ROOT, missing_address
from inspection_outcome.web import language, renderer


def register(blueprint: Blueprint) -> None:
    """Add the list of languages at the root, and a 404 page there and in each language."""
    blueprint.add_url_rule(ROOT, view_func=root)
    blueprint.add_url_rule(missing_address(), view_func=missing)
    blueprint.add_url_rule(missing_address("<language>"), view_func=missing)


def root() -> Response:
    """Return the list of languages, as static files cannot choose by Accept-Language."""
    return Response(renderer().root_page(), content_type="text/html; charset=utf-8")


def missing() -> Response:
    """Return a 404 page, in English at the root, with status 200: the host sends it with 404."""
    return Response(
        renderer().error_page(404, language().tag), content_type="text/html; charset=utf-8"
    )
