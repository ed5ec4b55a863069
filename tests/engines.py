"""One interface to three browser engines.

Playwright drives Chromium and Firefox, Selenium drives WebKitGTK.
"""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import find_browser
import pytest
from find_browser import GTK_PYTHON
from guards import NARROW
from playwright.sync_api import Browser, ConsoleMessage, Playwright
from processes import stop
from selenium.common import WebDriverException
from selenium.webdriver import ActionChains, Keys, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

_BROWSER = f"""#!{GTK_PYTHON}
import os
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2
folder = os.path.dirname(__file__)
out = os.open(os.path.join(folder, "console"), os.O_WRONLY | os.O_APPEND)
os.dup2(out, 1)
os.dup2(out, 2)
data = WebKit2.WebsiteDataManager(base_data_directory=folder, base_cache_directory=folder)
data.set_tls_errors_policy(WebKit2.TLSErrorsPolicy.IGNORE)
context = WebKit2.WebContext(website_data_manager=data)
context.set_automation_allowed(True)
settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)
features = WebKit2.Settings.get_all_features()
for feature in map(features.get, range(features.get_length())):
    if feature.get_identifier() == "ServiceWorkers":
        settings.set_feature_enabled(feature, False)
view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
def start(_, session):
    session.connect("create-web-view", lambda _: view)
context.connect("automation-started", start)
window = Gtk.Window(default_width={NARROW["width"]}, default_height={NARROW["height"]})
window.add(view)
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
"""
"""A script for Debian's Python: a browser window with nothing but the page.

WebKit's own MiniBrowser does not print its console when it is automated, and its toolbar is wider
than a narrow screen.
"""
_NOT_IN_GTK = "Unrecognized Content-Security-Policy directive 'manifest-src'"
"""Debian's WebKitGTK is built without web app manifests; Safari supports them."""


_SECONDS = 30
"""How long a page may take to become as a test waits for it."""
OTHERS = [name for name in find_browser.FIND if name != "Chromium"]
"""The engines in which not every test runs."""


class Engine(Protocol):
    """A browser with one page, in a viewport as narrow as the narrowest screen."""

    wraps: bool
    """Whether Tab wraps from the last control to the first: the window holds only the page."""

    def open(self, url: str) -> None:
        """Load a page."""

    def evaluate(self, script: str) -> Any:
        """Return the result of a script or, if it is a function, of calling it, as Playwright does.

        The script may be asynchronous.
        """

    def wait_for(self, true: str) -> None:
        """Wait until an expression is true, on this page or on the next; fail if it takes long."""

    def press_tab(self, times: int) -> None:
        """Press the Tab key this many times."""

    def errors(self) -> list[str]:
        """Return the console errors and the uncaught errors since the page was opened."""


class _Playwright:
    wraps = False

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(
            viewport=NARROW, service_workers="block", ignore_https_errors=True
        )
        self._page = self._context.new_page()
        self._errors: list[str] = []

    def open(self, url: str) -> None:
        self._page.close()  # a new page starts without the old page's focus and errors
        self._page = self._context.new_page()
        self._errors = errors = []
        self._page.on(
            "console",
            lambda message: errors.append(message.text) if message.type == "error" else None,
        )
        self._page.on("pageerror", lambda error: errors.append(str(error)))
        self._page.goto(url)

    def evaluate(self, script: str) -> Any:
        return self._page.evaluate(script)

    def wait_for(self, true: str) -> None:
        self._page.wait_for_function(f"() => Boolean({true})", timeout=_SECONDS * 1000, polling=50)

    def press_tab(self, times: int) -> None:
        for _ in range(times):
            self._page.keyboard.press("Tab")

    def errors(self) -> list[str]:
        def is_last(message: ConsoleMessage) -> bool:
            return message.text == "that is all"

        with self._page.expect_console_message(is_last):
            self.evaluate("console.log('that is all')")
        return self._errors


class _WebKit:
    wraps = True

    def __init__(self, driver: WebKitGTK, console: Path) -> None:
        self._driver, self._console, self._read = driver, console, 0

    def open(self, url: str) -> None:
        self._read = len(self._console.read_bytes())
        self._driver.get(url)

    def evaluate(self, script: str) -> Any:
        return self._driver.execute_script(
            f"const it = {script}\n; return typeof it === 'function' ? it() : it"
        )

    def wait_for(self, true: str) -> None:
        def so() -> bool:
            with suppress(WebDriverException):  # between two pages
                return bool(self.evaluate(f"Boolean({true})"))
            return False

        _wait_until(so)

    def press_tab(self, times: int) -> None:
        ActionChains(self._driver, duration=0).send_keys(Keys.TAB * times).perform()

    def errors(self) -> list[str]:
        self.evaluate("console.log('that is all')")
        _wait_until(lambda: "that is all" in self._said())
        errors = [
            line for line in self._said().splitlines() if re.search(r"CONSOLE (\w+ )?ERROR", line)
        ]
        return [line for line in errors if _NOT_IN_GTK not in line]

    def _said(self) -> str:
        return self._console.read_bytes()[self._read :].decode()


@contextmanager
def start(
    name: str, playwright: Playwright, chromium_arguments: dict[str, Any]
) -> Iterator[Engine]:
    """Start an engine by its name in `find_browser.FIND`; yield it, then stop it.

    A test for which it is not installed is skipped, and that is named both here and at the end of
    tests/run.py.
    """
    found = find_browser.FIND[name]()
    if found is None:
        pytest.skip(find_browser.missing()[name])
    if name == "WebKitGTK":
        with _webkit(found) as engine:
            yield engine
        return
    if name == "Chromium":
        browser = playwright.chromium.launch(**chromium_arguments)
    else:
        own = found == playwright.firefox.executable_path
        channel = None if own else "moz-firefox"
        browser = playwright.firefox.launch(channel=channel, executable_path=found)
    with browser:
        yield _Playwright(browser)


@contextmanager
def _webkit(driver: str) -> Iterator[Engine]:
    """Start WebKitGTK's driver and browser on an X display of their own; then stop all of them.

    The display needs a window manager: without one, no window has the focus, and nothing matches
    :focus-visible.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _screen() as display:
        on_screen = {**os.environ, "DISPLAY": display, "NO_AT_BRIDGE": "1"}
        console, binary = Path(folder, "console"), Path(folder, "MiniBrowser")
        console.touch()
        binary.write_text(_BROWSER, encoding="utf-8")
        binary.chmod(0o700)
        options = WebKitGTKOptions()
        options.binary_location = str(binary)
        with _running("openbox", env=on_screen):
            service = Service(driver, service_args=["--host=127.0.0.1"], env=on_screen)
            started = WebKitGTK(options=options, service=service)
            try:
                yield _WebKit(started, console)
            finally:
                started.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """Start Xvfb, a virtual X server, on a free display number; yield the display's name."""
    ours, its = os.pipe()
    with (
        os.fdopen(ours) as number,
        _running("Xvfb", "-displayfd", str(its), "-nolisten", "tcp", pass_fds=(its,)),
    ):
        os.close(its)
        yield f":{number.readline().strip()}"


@contextmanager
def _running(
    *command: str, env: dict[str, str] | None = None, pass_fds: tuple[int, ...] = ()
) -> Iterator[None]:
    """Run a program until the end of the block."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 (fixed commands)
        command, env=env, pass_fds=pass_fds, stdout=quiet, stderr=quiet
    ) as process:
        try:
            yield
        finally:
            stop(process)


def _wait_until(true: Callable[[], bool], seconds: float = _SECONDS) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)
