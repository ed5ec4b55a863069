"""The screens of the desk."""

from flask import Flask

from inspection_outcome.desk.views import (
    assets,
    english,
    facts,
    item,
    language,
    page,
    people,
    progress,
    sentence,
    today,
)


def init_app(app: Flask) -> None:
    """Register every screen."""
    for module in (assets, people, today, english, facts, item, progress, language, page, sentence):
        app.register_blueprint(module.blueprint)
