"""The desk, with which staff keep every sentence right: an app of its own, in its own process.

The public site imports nothing of it.
"""

import secrets

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from inspection_outcome.desk import views, web
from inspection_outcome.desk.access import Access
from inspection_outcome.desk.history import History
from inspection_outcome.desk.present import FILTERS
from inspection_outcome.desk.publish.publishing import Publishing
from inspection_outcome.desk.stocks import Stocks
from inspection_outcome.edition import Folders
from inspection_outcome.pages.urls import MARK

_MOST_BYTES = 1024 * 1024
"""Of a request: the longest sentence has some 1,000."""


def create_desk(folders: Folders, access: Access, publishing: Publishing | None = None) -> Flask:
    """Return the desk of these folders. `access` says who may use it.

    `publishing`: how readers get what is saved; None if they have it at once.

    Raise ContentError for faulty content.
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=_MOST_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open over lunch
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters |= FILTERS
    app.jinja_env.globals["MARK"] = MARK

    history = History(folders.translations)
    content = History(folders.content)
    web.init_app(app, web.Desk(Stocks(folders, history), history, access, content, publishing))
    CSRFProtect(app)
    views.init_app(app)
    return app
