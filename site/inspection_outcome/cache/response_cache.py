"""WSGI middleware that caches responses in memory, and asks the app for each page only once."""

import threading
from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from inspection_outcome.cache.cached_response import CachedResponse
from inspection_outcome.store import Store
from inspection_outcome.web import SNAPSHOT

_GIVEN = {
    "SCRIPT_NAME",
    "PATH_INFO",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    SNAPSHOT,
    "HTTP_HOST",  # checked by the app
    "HTTP_ACCEPT_LANGUAGE",  # chooses the language at the root
}
"""The request variables that the app gets (PEP 3333), besides those that begin with `wsgi.`."""


class ResponseCache:
    """Answers GET and HEAD from memory if a response is the same for everybody; else asks the app.

    Cached responses belong to one edition and day, and are dropped with them. Only responses with
    status 200 are cached, by path without query: so no more than the site has addresses.
    """

    def __init__(
        self, app: WSGIApplication, store: Store, trusted_hosts: tuple[str, ...] = ()
    ) -> None:
        self.app = app
        self._store = store
        self._trusted_hosts = trusted_hosts
        self._making = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, from one edition."""
        snapshot = environ[SNAPSHOT] = self._store.current()
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not self._is_for_us(environ):
            return _sent(self._asked(environ), environ, start_response)
        is_https = environ["wsgi.url_scheme"] == "https"  # only then: Strict-Transport-Security
        key = (environ["PATH_INFO"], is_https)
        cached = snapshot.cache.get(key)
        if cached is None:
            with self._making:  # the first of many requests builds it, the others wait
                cached = snapshot.cache.get(key) or self._made(environ)
                if isinstance(cached, CachedResponse):
                    snapshot.cache[key] = cached
            if isinstance(cached, Response):
                return _sent(cached, environ, start_response)
        return cached.answer(environ, start_response)

    def _is_for_us(self, environ: WSGIEnvironment) -> bool:
        return not self._trusted_hosts or host_is_trusted(
            environ.get("HTTP_HOST"), self._trusted_hosts
        )

    def _made(self, environ: WSGIEnvironment) -> CachedResponse | Response:
        """Return the app's response, as a CachedResponse if it may be cached."""
        given = {
            name: value
            for name, value in environ.items()
            if name in _GIVEN or name.startswith("wsgi.")
        }
        response = self._asked(given | {"REQUEST_METHOD": "GET", "QUERY_STRING": ""})
        is_page = response.status_code == HTTPStatus.OK
        same_for_all = is_page and not response.cache_control.no_store and not response.vary
        return CachedResponse(response) if same_for_all else response

    def _asked(self, environ: WSGIEnvironment) -> Response:
        return Response.from_app(self.app, environ, buffered=True)


def _sent(
    response: Response, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Return the body as a list of known length, which servers send at once."""
    start_response(response.status, list(response.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.get_data()]
