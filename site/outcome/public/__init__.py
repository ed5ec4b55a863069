"""Public addresses: pages, and what machines ask for."""

from flask import Blueprint, Flask

from outcome.public import machines, pages


def init_app(app: Flask) -> None:
    """Register every public address."""
    blueprint = Blueprint("public", __name__)
    pages.register(blueprint)
    machines.register(blueprint)
    app.register_blueprint(blueprint)
