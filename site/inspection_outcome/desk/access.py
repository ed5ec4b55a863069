"""Who may use the desk. On one's own computer: whoever opens the address that the desk shows."""

import secrets
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from flask import make_response, redirect, render_template, request, session
from flask.sessions import SecureCookieSessionInterface
from msgspec import Struct
from werkzeug.wrappers import Response

from inspection_outcome.desk.git import Author

_IN, _NAME = "in", "name"


class Role(StrEnum):
    """What somebody may do at the desk. Everybody may read all of it."""

    TRANSLATE = "translate"
    CHECK = "check"
    CONTENT = "content"
    PUBLISH = "publish"


class Person(Struct, frozen=True):
    """Somebody at the desk, by the name that the history tells."""

    name: str

    def may(self, role: Role, tag: str = "") -> bool:  # noqa: ARG002 (here, everybody may)
        """Return whether the person may do this, in a language if `tag` is given."""
        return True

    @property
    def author(self) -> Author:
        """The person as the history knows them."""
        return Author(self.name)


class Access(Protocol):
    """A way to know who is at the desk."""

    @property
    def sessions(self) -> SecureCookieSessionInterface:
        """How sessions are kept."""

    def stop(self) -> Response | None:
        """Return the answer to somebody who may not use the desk yet, or None."""

    def person(self) -> Person | None:
        """Return who is at the desk, or None if nobody has said so."""

    def name(self, name: str) -> None:
        """Keep the name that somebody gave."""


class _OwnCookie(SecureCookieSessionInterface):
    """Names the cookie by the port, as cookies are the same for all ports of a computer."""

    def get_cookie_name(self, app: object) -> str:  # noqa: ARG002 (the interface's)
        return f"desk-{request.environ['SERVER_PORT']}"


class OwnComputer:
    """Lets in who opens an address with a key, which works once."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """`tell` is given a new address when somebody asks without a key, and the last is used."""
        self.sessions = _OwnCookie()
        self._tell = tell
        self._key = ""
        self._lock = threading.Lock()

    def address(self, host: str) -> str:
        """Return an address with a new key; no older one works from now on."""
        self._key = secrets.token_urlsafe(32)
        return f"http://{host}/?key={self._key}"

    def stop(self) -> Response | None:
        """Return a redirect for the right key, a page for everybody without a session, or None."""
        key = request.args.get("key", "") if request.path == "/" else ""
        if key and self._takes(key):
            session.clear()
            session[_IN] = True
        elif not session.get(_IN):
            return self._outside()
        if not key:
            return None
        response = redirect("/", 303)  # so that the key is not kept in the browser's history
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def person(self) -> Person | None:
        """Return the person of the name that was given: a claim, as nobody is signed in."""
        name = session.get(_NAME)
        return Person(name) if name else None

    def name(self, name: str) -> None:
        """Keep a name in the session."""
        session[_NAME] = name

    def _takes(self, key: str) -> bool:
        with self._lock:
            right = bool(self._key) and secrets.compare_digest(key.encode(), self._key.encode())
            if right:
                self._key = ""
        return right

    def _outside(self) -> Response:
        """Return what somebody without a session gets. What they had typed is shown again."""
        with self._lock:
            if not self._key:
                self._tell(self.address(request.host))
        fields = request.form.items()
        typed = [value for name, value in fields if value and name.startswith(("form-", "why-"))]
        again = [each for each in request.form.items() if each[0] != "csrf_token"]
        page = render_template("outside.html", typed=typed, again=again)
        return make_response(page, 403)
