"""How an inspection of children's services went, for the people it is about."""

import os
from collections.abc import Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from outcome import public, web
from outcome.edition import Folders
from outcome.keeper import Keeper
from outcome.press.press import Press
from outcome.settings import Settings


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    """Make the app. Raises SettingsError or ContentError, with a message for people, if it must not start."""
    settings = Settings.read(environ)
    folders = Folders(settings.content, settings.translations)
    keeper = Keeper(folders, settings.public_url, last_good=settings.last_good)

    app = Flask(__name__, static_folder=None)
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None

    web.init_app(app, keeper)
    public.init_app(app)
    app.wsgi_app = Press(app.wsgi_app, keeper, settings.trusted_hosts)  # type: ignore[method-assign] # as Flask advises
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign] # the same
    return app
