"""The desk for many, behind the council's own sign-in: for any WSGI server. See HOSTED.md."""

import logging
import sys
from collections.abc import Mapping

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from inspection_outcome.desk import create_desk, web
from inspection_outcome.desk.hosted import views
from inspection_outcome.desk.hosted.settings import HostedSettings
from inspection_outcome.desk.hosted.sign_in import SignIn
from inspection_outcome.desk.publish.publishing import publishing_of
from inspection_outcome.i18n import catalogues
from inspection_outcome.report.errors import ContentError
from inspection_outcome.settings import Settings, SettingsError, environment


def create(environ: Mapping[str, str] | None = None) -> Flask:
    """Return the app; end the process, with a message for people, if it must not start.

    `environ`: the settings; None for those of the environment and `.env`.
    """
    logging.getLogger(catalogues.__name__).setLevel(logging.CRITICAL)  # holds words of sentences
    try:
        environ = environment() if environ is None else environ
        site = Settings.read(environ)
        settings = HostedSettings.read(environ, site.folders)
        app = create_desk(site.folders, SignIn(settings), publishing_of(site))
    except (ContentError, SettingsError) as error:
        sys.exit(f"The desk cannot start.\n{error}")
    app.debug = False  # FLASK_DEBUG would show code and words to whoever causes an error
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-desk",  # no other host can set it, nor a plain connection
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",  # with Strict, who comes back from the provider has none
        WTF_CSRF_SSL_STRICT=False,  # web.py looks at Origin; some networks take out the Referer
    )
    app.register_blueprint(views.blueprint)
    # Flask's documentation adds WSGI middleware by assigning to `wsgi_app`, a method to mypy.
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # WSGI middleware
        app.wsgi_app, x_for=0, x_proto=settings.proxies
    )
    web.warm_up(app)
    return app
