"""Fixtures of the browser tests: the site on a free port, Chromium, JavaScript off by default."""

from collections.abc import Iterator
from typing import Any

import pseudo_locales
import pytest
from dev_server import serve
from find_browser import chromium
from guards import PHONE
from inspection_outcome import create_app
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped site with the pseudo-locales beside its languages; yield the base URL."""
    folder = pseudo_locales.beside_shipped(tmp_path_factory.mktemp("translations"))
    with serve(create_app({"OUTCOME_TRANSLATIONS": str(folder)})) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return the launch arguments: the installed browser, which may reach only this machine."""
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
    return {
        "base_url": base_url,
        "viewport": PHONE,
        "java_script_enabled": False,
        "service_workers": "block",
    }


@pytest.fixture
def scripted(browser: Browser, base_url: str) -> Iterator[Page]:
    """Yield a page with JavaScript on: axe needs it, the site does not."""
    context = browser.new_context(base_url=base_url, viewport=PHONE, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a page of the site that a module serves at `address`, with JavaScript on for axe."""
    context = browser.new_context(base_url=address, viewport=PHONE, service_workers="block")
    yield context.new_page()
    context.close()
