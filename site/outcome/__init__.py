"""How an inspection of children's services went, for the people it is about."""

import os
from collections.abc import Mapping

from flask import Flask
from flask_babel import Babel

from outcome import public, web
from outcome.edition import Folders
from outcome.keeper import Keeper
from outcome.press.press import Press
from outcome.settings import Settings


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    """Make the app. Raises SettingsError or ContentError, with a message for people, if it must not start."""
    settings = Settings.read(environ)
    keeper = Keeper(Folders(settings.content, settings.translations), settings.public_url)

    app = Flask(__name__, static_folder=None)
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    app.url_map.strict_slashes = False  # pages redirect by themselves: see public/pages.py
    app.url_map.merge_slashes = False

    Babel(app, locale_selector=web.locale_of_request)
    web.init_app(app, keeper)
    public.init_app(app)
    app.wsgi_app = Press(app.wsgi_app, keeper, settings.trusted_hosts)  # type: ignore[method-assign] # as Flask's documentation does
    return app
