"""The screens of the desk."""

from flask import Flask

from inspection_outcome.desk.views import (
    assets,
    check,
    files,
    language,
    page,
    people,
    publish,
    sentence,
    today,
)


def init_app(app: Flask) -> None:
    """Register every screen."""
    for module in (assets, people, today, language, page, check, sentence, files, publish):
        app.register_blueprint(module.blueprint)
