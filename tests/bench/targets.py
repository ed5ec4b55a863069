"""The WSGI app to compare the site with: `bench.targets:empty`."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment


def empty(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Respond with two bytes, to measure what the server alone costs."""
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
