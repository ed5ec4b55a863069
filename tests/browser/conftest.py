"""Fixtures of the browser tests: the frozen site on a free port, Chromium, JavaScript off."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import engines
import find_browser
import frozen_site
import pytest
import shipped_site
from dev_server import serve
from engines import Engine
from guards import PHONE
from inspection_outcome import create_app
from playwright.sync_api import Browser, Page, Playwright


@pytest.fixture(scope="session")
def base_url(translations: Path) -> Iterator[str]:
    """Serve the frozen site in English and the pseudo-locales; yield the base URL."""
    with serve(frozen_site.create(translations)) as address:
        yield address


@pytest.fixture(scope="session")
def shipped_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped site with the pseudo-locales beside its languages; yield the base URL."""
    folder = shipped_site.beside_pseudo_locales(tmp_path_factory.mktemp("beside"))
    with serve(create_app(shipped_site.environ(folder), watch=False)) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return the launch arguments: the installed browser, which may reach only this machine."""
    return {
        "executable_path": find_browser.chromium(),
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


@pytest.fixture(scope="module")
def read(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Yield one page for all tests of a module that only read. JavaScript is off."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def read_scripted(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Yield one page for all tests of a module that only read. JavaScript is on, as axe needs."""
    context = browser.new_context(**browser_context_args | {"java_script_enabled": True})
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Yield a page of its own with JavaScript on: axe needs it, the site does not."""
    context = browser.new_context(**browser_context_args | {"java_script_enabled": True})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def start_engine(
    playwright: Playwright, browser_type_launch_args: dict[str, Any]
) -> Callable[[str], AbstractContextManager[Engine]]:
    """Return a function that starts an engine by its name, until the end of a block."""
    return lambda name: engines.start(name, playwright, browser_type_launch_args)


@pytest.fixture(scope="module", params=list(find_browser.FIND))
def engine(
    request: pytest.FixtureRequest, start_engine: Callable[[str], AbstractContextManager[Engine]]
) -> Iterator[Engine]:
    """Yield each engine, started once."""
    with start_engine(request.param) as started:
        yield started
