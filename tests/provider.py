"""A sign-in for the tests of the hosted desk: Canaille, a whole OpenID Connect provider.

It keeps all in memory, listens on localhost by https, and can be told to lie.
"""

import base64
import datetime as dt
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme
from canaille import create_app
from canaille.app import models
from canaille.app.session import UserSession
from canaille.backends import Backend
from dev_server import Quiet
from flask import Response, g, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from nginx import free_port
from werkzeug.serving import make_server

CLIENT_ID, SECRET = "the-desk", "a-secret-of-tests"
_ALGORITHM = "RS512"  # which Canaille takes for such a key
_SILENT = {"version": 1, "disable_existing_loggers": False}
PASSWORD = "correct horse battery staple"  # noqa: S105 (of people who do not exist)


class Provider:
    """A provider, which its users know by name and PASSWORD."""

    def __init__(self, folder: Path, *names: str) -> None:
        """`folder`: for the certificate of its authority; `names`: of its users."""
        self.port = free_port()
        self.issuer = f"https://localhost:{self.port}"
        self.certificate = folder / "ca.pem"
        self.own = trustme.CA()
        self.own.cert_pem.write_to_path(str(self.certificate))
        self.key = RSAKey.generate_key(2048, auto_kid=True)
        self.tell_the_truth()
        self.app = create_app(
            config={
                "TESTING": True,
                "SECRET_KEY": "of tests",
                "SERVER_NAME": f"localhost:{self.port}",
                "PREFERRED_URL_SCHEME": "https",
                "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "LOGGING": _SILENT},
                "CANAILLE_OIDC": {"ACTIVE_JWKS": [self.key.as_dict(private=True)]},
            },
            env_file="",
        )
        self.app.before_request(self._sign_in)
        self.app.after_request(self._lie)
        self.users = {}
        with self.app.app_context():
            for name in names:
                user = models.User(
                    user_name=name,
                    formatted_name=name.title(),
                    family_name=name.title(),
                    emails=[f"{name}@example.org"],
                    password=PASSWORD,
                )
                Backend.instance.save(user)
                self.users[name] = user

    def tell_the_truth(self) -> None:
        """Begin anew: nobody is signed in."""
        self.who = ""
        """The user who has signed in already, so that no password is asked."""
        self.claims: dict[str, Any] = {}
        """Put over those of the next ID tokens; one that is None is left out."""
        self.signs_as = "itself"
        """Or as 'another', or as 'none', which is no signature."""

    def register(self, host: str) -> None:
        """Make a desk known that is at this host, and takes everybody's consent for granted."""
        with self.app.app_context():
            client = models.Client(
                client_id=CLIENT_ID,
                client_secret=SECRET,
                client_name="The desk",
                redirect_uris=[f"https://{host}/signed-in"],
                post_logout_redirect_uris=[f"https://{host}/signed-out"],
                grant_types=["authorization_code"],
                response_types=["code"],
                scope=["openid", "profile"],
                token_endpoint_auth_method="client_secret_basic",  # noqa: S106 (a method)
                client_uri="https://127.0.0.1",  # of a trusted domain: nobody is asked for consent
            )
            Backend.instance.save(client)
            client.audience = [client]
            Backend.instance.save(client)

    def _sign_in(self) -> None:
        if self.who:
            now = dt.datetime.now(dt.UTC)
            g.session = UserSession(user=self.users[self.who], last_login_datetime=now)

    def _lie(self, response: Response) -> Response:
        if request.path == "/oauth/token" and response.status_code == 200 and self.claims:
            token = response.get_json()
            said = jwt.decode(token["id_token"], self.key, [_ALGORITHM]).claims | self.claims
            said = {name: value for name, value in said.items() if value is not None}
            token["id_token"] = self._signed(said)
            response.set_data(self.app.json.dumps(token))
        return response

    def _signed(self, claims: dict[str, Any]) -> str:
        key = RSAKey.generate_key(2048) if self.signs_as == "another" else self.key
        signed = jwt.encode({"alg": _ALGORITHM, "kid": self.key.kid}, claims, key, [_ALGORITHM])
        if self.signs_as != "none":
            return signed
        header = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
        return f"{header}.{signed.split('.')[1]}."

    @contextmanager
    def running(self) -> Iterator["Provider"]:
        """Answer at `issuer` until the end of the block."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.own.issue_cert("localhost").configure_cert(context)
        server = make_server(
            "127.0.0.1",
            self.port,
            self.app,
            threaded=True,
            request_handler=Quiet,
            ssl_context=context,
        )
        # Each connection makes its handshake in its own thread: a silent one would stop all others.
        server.socket.do_handshake_on_connect = False  # type: ignore[attr-defined] # an SSLSocket
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
