"""Public addresses: pages, what machines ask for, and what scripts and phones do."""

from flask import Blueprint, Flask

from outcome.public import keeping, machines, pages


def init_app(app: Flask) -> None:
    """Register every public address."""
    blueprint = Blueprint("public", __name__)
    pages.register(blueprint)
    machines.register(blueprint)
    keeping.register(blueprint)
    app.register_blueprint(blueprint)
