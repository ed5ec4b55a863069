"""The screens of the desk."""

from flask import Flask

from inspection_outcome.desk.views import assets, files, language, page, people, sentence, today


def init_app(app: Flask) -> None:
    """Register every screen."""
    for module in (assets, people, today, language, page, sentence, files):
        app.register_blueprint(module.blueprint)
