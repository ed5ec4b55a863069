"""How an inspection of children's services went, for the people it is about."""

import os
from collections.abc import Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from inspection_outcome import views, web
from inspection_outcome.cache.response_cache import ResponseCache
from inspection_outcome.edition import Folders
from inspection_outcome.settings import Settings
from inspection_outcome.store import EditionStore


def create_app(environ: Mapping[str, str] = os.environ, *, watch: bool = True) -> Flask:
    """Return the app. Raises SettingsError or ContentError, with a message for people, if it must not start.

    `watch`: whether it notices changed files by itself, in a thread; tests call `EditionStore.refresh` instead.
    """
    settings = Settings.read(environ)
    folders = Folders(settings.content, settings.translations)
    store = EditionStore(folders, settings.public_url, last_good=settings.last_good)
    if watch:
        store.watch()

    app = Flask(__name__, static_folder=None)
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None

    web.init_app(app, store)
    views.init_app(app)
    app.wsgi_app = ResponseCache(app.wsgi_app, store, settings.trusted_hosts)  # type: ignore[method-assign] # as Flask advises
    app.wsgi_app = web.NormalizedRequest(app.wsgi_app)  # type: ignore[method-assign] # the same
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign] # the same
    return app
