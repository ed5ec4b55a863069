"""Find the programs that the tests drive: Chromium is required; Firefox, WebKitGTK, nginx optional.

`python tests/find_browser.py` installs what is missing where it can, and prints the path of each
program, or what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nginx

GTK_PYTHON = "/usr/bin/python3"
"""Debian's Python, which has the bindings to open a WebKitGTK window."""
PACKAGES = {
    "Chromium": ("chromium", "fonts-noto-core"),
    "Firefox": ("firefox-esr",),
    "WebKitGTK": ("webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb", "openbox"),
    "nginx": ("nginx-light",),
}


def chromium() -> str | None:
    """Return the path of an installed Chromium or of Playwright's own; None if there is neither."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return _installed(*names) or playwrights_own("chromium")


def firefox() -> str | None:
    """Return the path of an installed Firefox or of Playwright's own; None if there is neither."""
    return _installed("firefox-esr", "firefox") or playwrights_own("firefox")


def webkit() -> str | None:
    """Return the path of WebKitGTK's driver; None unless all that it needs is installed."""
    imports = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"
    if not all(shutil.which(name) for name in ("Xvfb", "openbox", GTK_PYTHON)):
        return None
    imported = subprocess.run(  # noqa: S603 (a fixed command)
        [GTK_PYTHON, "-c", imports], check=False, capture_output=True
    )
    return shutil.which("WebKitWebDriver") if imported.returncode == 0 else None


FIND: dict[str, Callable[[], str | None]] = {
    "Chromium": chromium,
    "Firefox": firefox,
    "WebKitGTK": webkit,
}
_ALL = FIND | {"nginx": nginx.found}


def missing() -> dict[str, str]:
    """Return how to install each missing program, by the program's name."""
    return {
        name: f"{name} is not installed: apt-get install {' '.join(PACKAGES[name])}"
        for name, find in _ALL.items()
        if find() is None
    }


def get() -> None:
    """Install what is missing: Chromium from Playwright; if root, the rest from Debian."""
    if "Chromium" in missing():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    names = missing()
    if names and os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-q"])
        for name in names:  # one by one: a package that does not exist must not stop the others
            _try(["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES[name]])


def playwrights_own(kind: str) -> str | None:
    """Return the path of a browser that Playwright has downloaded, or None.

    Ask in a separate process, because the tests already run Playwright in this one.
    """
    ask = (
        "from playwright.sync_api import sync_playwright as start\n"
        f"with start() as p: print(p.{kind}.executable_path)"
    )
    answer = subprocess.run(  # noqa: S603 (a fixed command)
        [sys.executable, "-c", ask], check=True, capture_output=True, text=True
    )
    own = answer.stdout.strip()
    return own if Path(own).exists() else None


def _installed(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def _try(command: list[str]) -> None:
    print("$", *command, flush=True)
    # In single-user mode (RUNLEVEL=1), a package does not start the service that it brings.
    single_user = {**os.environ, "RUNLEVEL": "1"}
    subprocess.run(command, check=False, env=single_user)  # noqa: S603 (fixed commands)


if __name__ == "__main__":
    get()
    absent = missing()
    for browser, find in _ALL.items():
        print(absent.get(browser) or f"{browser}: {find()}")
    if "Chromium" in absent:
        sys.exit("There is no browser to test with.")
