"""How an inspection of children's services went, for the people it is about."""

import datetime as dt
from collections.abc import Callable, Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from inspection_outcome import views, web
from inspection_outcome.cache.response_cache import ResponseCache
from inspection_outcome.edition import today
from inspection_outcome.settings import Settings, environment
from inspection_outcome.store import EditionStore


def create_app(
    environ: Mapping[str, str] | None = None,
    *,
    watch: bool = True,
    clock: Callable[[], dt.date] = today,
) -> Flask:
    """Return the Flask app.

    Raise SettingsError or ContentError, with a message for people, if the app must not start.
    `environ`: the settings; None for those of the environment and `.env`. `watch`: whether a thread
    looks for changed files; tests call `EditionStore.refresh` instead. `clock`: returns the day in
    the United Kingdom, for the ages that pages state.
    """
    settings = Settings.read(environment() if environ is None else environ)
    store = EditionStore(
        settings.folders, settings.public_url, last_good=settings.last_good, clock=clock
    )
    if watch:
        store.watch()

    app = Flask(__name__, static_folder=None)
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None

    web.init_app(app, store)
    views.init_app(app)
    # Flask's documentation adds WSGI middleware by assigning to `wsgi_app`, a method to mypy.
    cached = ResponseCache(app.wsgi_app, store, settings.trusted_hosts)
    app.wsgi_app = web.NormalizedRequest(cached)  # type: ignore[method-assign] # WSGI middleware
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # WSGI middleware
            app.wsgi_app, x_for=0, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app
