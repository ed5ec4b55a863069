"""The WSGI app to measure the site against: `bench.targets:empty`."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment


def empty(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with next to nothing: what the server alone costs."""
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
