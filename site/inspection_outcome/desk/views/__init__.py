"""The screens of the desk."""

from flask import Flask

from inspection_outcome.desk.views import (
    assets,
    check,
    language,
    page,
    people,
    publish,
    sentence,
    today,
)


def init_app(app: Flask) -> None:
    """Register every screen."""
    for module in (assets, people, today, language, page, check, sentence, publish):
        app.register_blueprint(module.blueprint)
