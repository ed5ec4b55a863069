"""How browser tests run: the site on a free local port, the browser that is there, JavaScript off unless asked for."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import made_up
import pytest
from find_browser import chromium
from flask import Flask
from guards import PHONE
from outcome import create_app
from outcome.settings import Settings
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Keep the test's output readable."""


@contextmanager
def serve(app: Flask) -> Iterator[str]:
    """Serve a site on this machine only; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped content, with the made-up languages beside the shipped ones, until the last test."""
    folder = made_up.folder(tmp_path_factory.mktemp("translations"))
    shutil.copytree(Settings().translations / "pl", folder / "pl", dirs_exist_ok=True)
    with serve(create_app({"OUTCOME_TRANSLATIONS": str(folder)})) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the browser that is there, and let it reach nothing but this machine."""
    return {
        "executable_path": chromium(),
        "args": [
            "--no-sandbox",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "viewport": PHONE, "java_script_enabled": False, "service_workers": "block"}


@pytest.fixture
def scripted(browser: Browser, base_url: str) -> Iterator[Page]:
    """Give a page on which scripts run: axe needs them, the site does not."""
    context = browser.new_context(base_url=base_url, viewport=PHONE, service_workers="block")
    yield context.new_page()
    context.close()
