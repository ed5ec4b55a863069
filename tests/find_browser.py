"""Which browsers the tests drive: Chromium, which must be there; Firefox, WebKitGTK and nginx, if they are there.

`python tests/find_browser.py` fetches what is missing where it can, and names each, or what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nginx

GTK_PYTHON = "/usr/bin/python3"
"""Debian's Python, which has the window for WebKitGTK."""
PACKAGES = {
    "Chromium": ("chromium", "fonts-noto-core"),
    "Firefox": ("firefox-esr",),
    "WebKitGTK": ("webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb", "openbox"),
    "nginx": ("nginx-light",),
}


def chromium() -> str | None:
    """Give the path of an installed Chromium or of Playwright's own; None if there is neither."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return _installed(*names) or playwrights_own("chromium")


def firefox() -> str | None:
    """Give the path of an installed Firefox or of Playwright's own; None if there is neither."""
    return _installed("firefox-esr", "firefox") or playwrights_own("firefox")


def webkit() -> str | None:
    """Give the path of WebKitGTK's driver; None unless everything is there that it needs."""
    imports = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"
    if not all(shutil.which(name) for name in ("Xvfb", "openbox", GTK_PYTHON)):
        return None
    has_window = subprocess.run([GTK_PYTHON, "-c", imports], check=False, capture_output=True).returncode == 0  # noqa: S603 (fixed)
    return shutil.which("WebKitWebDriver") if has_window else None


FIND: dict[str, Callable[[], str | None]] = {"Chromium": chromium, "Firefox": firefox, "WebKitGTK": webkit}


_ALL = FIND | {"nginx": nginx.found}


def missing() -> dict[str, str]:
    """Give what is not there, each with what to do."""
    return {
        name: f"{name} is not installed: apt-get install {' '.join(PACKAGES[name])}"
        for name, find in _ALL.items()
        if find() is None
    }


def get() -> None:
    """Fetch what is missing: Chromium as Playwright's download, else, as root, Debian's packages."""
    if "Chromium" in missing():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    names = missing()
    if names and os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-q"])
        for name in names:  # each by itself: where one has no package, the others still come
            _try(["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES[name]])


def playwrights_own(kind: str) -> str | None:
    """Give the path of a browser that Playwright has downloaded, asked in a process of its own as tests run one."""
    ask = (
        f"from playwright.sync_api import sync_playwright as start\nwith start() as p: print(p.{kind}.executable_path)"
    )
    said = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)  # noqa: S603 (fixed)
    own = said.stdout.strip()
    return own if Path(own).exists() else None


def _installed(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def _try(command: list[str]) -> None:
    print("$", *command, flush=True)
    single_user = {**os.environ, "RUNLEVEL": "1"}  # a package that brings a service must not start it
    subprocess.run(command, check=False, env=single_user)  # noqa: S603 (fixed commands)


if __name__ == "__main__":
    get()
    absent = missing()
    for browser, find in _ALL.items():
        print(absent.get(browser) or f"{browser}: {find()}")
    if "Chromium" in absent:
        sys.exit("There is no browser to test with.")
