"""Who may use the desk. On one's own computer: whoever opens the address that the desk shows."""

import hashlib
import secrets
import threading
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Protocol

from flask import make_response, redirect, render_template, request, session
from flask.sessions import SecureCookieSessionInterface
from msgspec import Struct
from werkzeug.wrappers import Response

from inspection_outcome.desk.git import Author
from inspection_outcome.i18n.languages import ENGLISH

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
    id: str = ""
    """By which the sign-in knows the person; empty on one's own computer, where nobody is known."""
    roles: Collection[Role] = frozenset(Role)
    languages: Collection[str] | None = None
    """The tags of the languages that the roles are for; None for all."""

    def may(self, role: Role, tag: str = "") -> bool:
        """Return whether the person may do this, in a language if `tag` is given.

        English is for everybody with the role: who may change the content changes its English.
        """
        here = self.languages is None or tag in {"", ENGLISH, *self.languages}
        return role in self.roles and here

    @property
    def author(self) -> Author:
        """The person as the history knows them.

        By a hash, as an id may hold what git does not take, and a history may be handed on.
        """
        if not self.id:
            return Author(self.name)
        return Author(self.name, f"{hashlib.sha256(self.id.encode()).hexdigest()[:32]}@desk")


class Access(Protocol):
    """A way to know who is at the desk."""

    @property
    def signs_in(self) -> bool:
        """Whether people sign in, so that nobody is asked for a name."""

    @property
    def hosts(self) -> Collection[str]:
        """The Host headers to which the desk answers, in lower case."""

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

    signs_in = False

    def __init__(self, tell: Callable[[str], None]) -> None:
        """`tell` is given a new address when somebody asks without a key, and the last is used."""
        self.sessions = _OwnCookie()
        self._tell = tell
        self._key = ""
        self._lock = threading.Lock()

    @property
    def hosts(self) -> Collection[str]:
        """The names of this computer, with the port that is asked: no other site has these."""
        return [f"{name}:{request.environ['SERVER_PORT']}" for name in ("127.0.0.1", "localhost")]

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
        return make_response(render_template("outside.html", **unsaved()), 403)


def unsaved() -> dict[str, list[str] | list[tuple[str, str]]]:
    """Return what a form that was refused holds, for the template of a page outside.

    `typed`: the texts that somebody typed; `again`: all fields, with which the form can be sent
    once more.
    """
    fields = [each for each in request.form.items(multi=True) if each[0] != "csrf_token"]
    typed = [text for name, text in fields if text and name.startswith(("form-", "why-"))]
    return {"typed": typed, "again": fields}
