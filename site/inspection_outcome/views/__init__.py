"""The views of all public addresses: pages, feeds and data, and the assets of pages."""

from flask import Blueprint, Flask

from inspection_outcome.views import assets, feeds, pages, published


def init_app(app: Flask, *, publishing: bool = False) -> None:
    """Register every public address, of the live site or of the site as static files."""
    blueprint = Blueprint("public", __name__)
    pages.register(blueprint)
    if publishing:
        published.register(blueprint)
    else:
        blueprint.add_url_rule("/", view_func=pages.root)
        blueprint.add_url_rule("/healthz", view_func=feeds.healthz)
    feeds.register(blueprint)
    assets.register(blueprint)
    app.register_blueprint(blueprint)
