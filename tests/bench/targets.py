"""WSGI apps to measure the site against, each by its name: `bench.targets:empty`, `bench.targets:without_press`."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def empty(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with next to nothing: what the server alone costs."""
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


def __getattr__(name: str) -> WSGIApplication:
    """Make the site without its press, which makes each page for each reader, when a server asks for it."""
    if name != "without_press":
        raise AttributeError(name)
    from inspection_outcome.press.press import Press  # noqa: PLC0415 (the empty app must not load the site)

    from wsgi import app  # noqa: PLC0415 (the same)

    press = app.wsgi_app
    assert isinstance(press, Press)
    return press.app
