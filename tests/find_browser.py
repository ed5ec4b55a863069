"""Which Chromium the browser tests drive: one that is installed, Playwright's own, or Debian's.

`python tests/find_browser.py` makes sure that there is one, or says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-core")


def chromium() -> str | None:
    """Give the path of an installed Chromium or of Playwright's own; None if there is neither."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (not needed where a browser is installed)

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def get() -> str | None:
    """Find a Chromium, or fetch one: Playwright's download, else, as root, Debian's package."""
    found = chromium()
    if found is None:
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
        found = chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-q"])
        _try(["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES])
        found = chromium()
    return found


def _try(command: list[str]) -> None:
    print("$", *command, flush=True)
    subprocess.run(command, check=False)  # noqa: S603 (fixed commands)


if __name__ == "__main__":
    if get() is None:
        sys.exit(
            f"There is no browser to test with. Install Chromium, for example: apt-get install {' '.join(PACKAGES)}"
        )
