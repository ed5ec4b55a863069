"""The views of all public addresses: pages, feeds and data, and the assets of pages."""

from typing import Any

from flask import Blueprint, Flask, abort

from inspection_outcome.pages.urls import HEALTH, ROOT
from inspection_outcome.views import assets, feeds, pages, published
from inspection_outcome.web import language_named


def init_app(app: Flask, *, publishing: bool = False) -> None:
    """Register every public address, of the live site or of the site as static files."""
    blueprint = Blueprint("public", __name__)
    blueprint.url_value_preprocessor(_take_language)
    pages.register(blueprint)
    if publishing:
        published.register(blueprint)
    else:
        blueprint.add_url_rule(ROOT, view_func=pages.root)
        blueprint.add_url_rule(HEALTH, view_func=feeds.healthz)
    feeds.register(blueprint)
    assets.register(blueprint)
    app.register_blueprint(blueprint)


def _take_language(_: str | None, values: dict[str, Any] | None) -> None:
    """Take the language out of a view's arguments: a view asks `web.language`.

    Answer 404 if the address names a language that the site does not have.
    """
    if values and values.pop("language", None) and language_named() is None:
        abort(404)
