"""The sign-in of a hosted desk: OpenID Connect, one issuer. Who may do what: people.toml."""

import logging
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from cachelib import FileSystemCache
from flask import g, make_response, render_template, request, session
from flask.sessions import SecureCookieSessionInterface
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from inspection_outcome.desk.access import Person, unsaved
from inspection_outcome.desk.hosted.people import People
from inspection_outcome.desk.hosted.settings import HostedSettings

_LONGEST = 8 * 3600
"""Seconds for which somebody is signed in: a day's work."""
_MOST = 5_000
"""Sessions that are kept; of more, the oldest go."""
_LONGEST_WAIT = 10  # seconds for one answer of the sign-in
_LONGEST_PATH = 1_000
_LEEWAY = 60  # seconds by which two clocks may differ
_ENTRA = "https://login.microsoftonline."
_ALGORITHMS = [f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)]
"""Signatures that only the provider can make: not 'none', though a provider may offer it."""
_NOT_SECURE = """This desk is for https alone.
If you came by https: the proxy must set X-Forwarded-Proto, and OUTCOME_DESK_PROXIES be the number
of proxies.
"""
_TICKET, _NEXT = "ticket", "next"
_LOG = logging.getLogger(__name__)


class SignInError(Exception):
    """Raised if the provider did not say who it is, with the HTTP status of the answer."""

    def __init__(self, why: object, status: int = 403) -> None:
        super().__init__(str(why))
        self.status = status


class SignIn:
    """Lets in who has signed in, and stands in people.toml.

    The signed cookie holds a random ticket; whose it is stands on the server. So a session can be
    ended there, and whoever is not signed in leaves nothing there.
    """

    signs_in = True

    def __init__(self, settings: HostedSettings) -> None:
        """Nothing is asked of the provider yet."""
        self.sessions = SecureCookieSessionInterface()
        self.hosts: Collection[str] = (settings.host,)
        self._settings = settings
        self._people = People(settings.people)
        self._tickets = FileSystemCache(str(settings.sessions), _MOST, _LONGEST)
        self._client = FlaskOAuth2App(
            FlaskIntegration("desk"),
            "desk",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "default_timeout": _LONGEST_WAIT,
            },
        )

    def stop(self) -> Response | None:
        """Return a page for who is not signed in, or not in people.toml; None for others."""
        if not request.is_secure:
            return make_response(_NOT_SECURE, 400, {"Content-Type": "text/plain"})
        id_ = self._tickets.get(session.get(_TICKET, ""))
        if id_ is None:
            after = request.full_path.rstrip("?") if request.method == "GET" else "/"
            return page("out", 403, after=after)
        people = self._people.current()
        if people is None:
            return page("closed", 503)
        g.person = people.get(id_)
        return None if g.person else page("unknown", 403, id=id_)

    def person(self) -> Person | None:
        """Return who has signed in and may use the desk, for the rest of a request."""
        found: Person | None = g.get("person")
        return found

    def name(self, name: str) -> None:
        """Do nothing: the name is that of people.toml."""

    def begin(self, after: str) -> Response:
        """Return the redirect to the provider. `after`: the path to which people come back.

        State, nonce and the verifier of PKCE are in the cookie alone. Raise SignInError.
        """
        self.sign_out()
        session[_NEXT] = after if _is_own_path(after) else "/"
        self._load()
        try:
            answer: Response = self._client.authorize_redirect(self._address("signed-in"))
        except (AuthlibBaseError, RuntimeError) as error:
            raise SignInError(error) from error
        return answer

    def end_sign_in(self) -> str:
        """Begin a session of whom the provider names; return the path to go to.

        Raise SignInError: also for an answer that is used a second time.
        """
        id_ = self._id(self._claims())
        after = str(session.get(_NEXT, "/"))
        session.clear()  # nobody has planted what the session holds (session fixation)
        session[_TICKET] = secrets.token_urlsafe(32)
        if not self._tickets.set(session[_TICKET], id_):
            raise SignInError("the session cannot be kept: is the disk full?", 503)
        return after

    def sign_out(self) -> None:
        """End the session, here and in the browser."""
        self._tickets.delete(session.get(_TICKET, ""))
        session.clear()

    def address_to_sign_out(self) -> str:
        """Return where people end the session that the provider keeps; empty if it has none."""
        try:
            self._load()
            asked = {"client_id": self._settings.client_id}
            made = self._client.create_logout_url(self._address("signed-out"), **asked)
        except (SignInError, RuntimeError):
            return ""
        return str(made["url"])

    def _address(self, path: str) -> str:
        return f"https://{self._settings.host}/{path}"

    def _load(self) -> None:
        """Ask the provider for its addresses, once. Raise SignInError."""
        try:
            metadata = self._client.load_server_metadata()
        except (RequestException, ValueError) as error:
            raise SignInError(error, 503) from error
        if metadata.get("issuer") != self._settings.issuer:
            raise SignInError(f"it calls itself {metadata.get('issuer')!r}")
        metadata["id_token_signing_alg_values_supported"] = _ALGORITHMS

    def _claims(self) -> Mapping[str, Any]:
        """Return what the provider says of a person. Raise SignInError."""
        self._load()
        only = {"iss": self._settings.issuer, "aud": self._settings.client_id}
        options = {name: {"essential": True, "value": value} for name, value in only.items()}
        try:
            token = self._client.authorize_access_token(claims_options=options, leeway=_LEEWAY)
        except RequestException as error:
            raise SignInError(error, 503) from error
        except (AuthlibBaseError, JoseError, RuntimeError, ValueError) as error:
            raise SignInError(error) from error
        if not (claims := token.get("userinfo")):
            raise SignInError("it sent no ID token")
        found: Mapping[str, Any] = claims
        return found

    def _id(self, claims: Mapping[str, Any]) -> str:
        """Return the id for people.toml: never an e-mail, which may become somebody else's."""
        names = ("tid", "oid") if self._settings.issuer.startswith(_ENTRA) else ("sub",)
        parts = [claims.get(name) for name in names]
        if not all(isinstance(each, str) and each and each.isprintable() for each in parts):
            raise SignInError(f"it did not tell {' and '.join(names)} in plain letters")
        return ".".join(map(str, parts))


def page(case: str, status: int, **more: str) -> Response:
    """Return a page outside the desk: see sign_in.html. What had been typed is shown again."""
    return make_response(render_template("sign_in.html", case=case, **more, **unsaved()), status)


def refused(error: SignInError) -> Response:
    """Return the page for who could not sign in; the log has the reason."""
    _LOG.warning("A sign-in did not work: %r", str(error)[:500])
    return page("silent" if error.status == 503 else "failed", error.status)  # noqa: PLR2004 (HTTP)


def _is_own_path(path: str) -> bool:
    """Return whether an address is of the desk itself, as any browser reads it.

    One that is very long is not: browsers refuse the cookie that would hold it.
    """
    is_plain = path.isprintable() and len(path) <= _LONGEST_PATH
    return is_plain and path.startswith("/") and not path.startswith(("//", "/\\"))
