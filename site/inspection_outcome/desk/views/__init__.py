"""The screens of the desk."""

from flask import Flask

from inspection_outcome.desk.views import (
    assets,
    check,
    english,
    facts,
    files,
    item,
    language,
    page,
    people,
    progress,
    publish,
    sentence,
    today,
)

_TRANSLATIONS = (language, page, sentence, check, files)
_CONTENT = (english, facts, item, progress)


def init_app(app: Flask) -> None:
    """Register every screen."""
    for module in (assets, people, today, *_CONTENT, *_TRANSLATIONS, publish):
        app.register_blueprint(module.blueprint)
