"""Find the programs that the tests drive: only Chromium is required.

`python tests/find_browser.py` installs what is missing where it can, and prints the path of each
program, or what to install.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import nginx

GTK_PYTHON = "/usr/bin/python3"
"""Debian's Python, which has the bindings to open a WebKitGTK window."""
PACKAGES = {
    "Chromium": ("chromium", "fonts-noto-core"),
    "Firefox": ("firefox-esr",),
    "WebKitGTK": ("webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb", "openbox"),
    "nginx": ("nginx-light",),
    "LibreOffice": ("libreoffice-calc-nogui",),
    "gettext": ("gettext",),
}
OLD = "Chromium 80"
"""The oldest Chromium that can be had: an npm package carries it, compressed, for x86-64 alone."""
_OLD_PACKAGE = "chrome-aws-lambda@2.1.1"
_OLD_SHA512 = (
    "59eaf642eca0c6c0a8bf96ccdbef022daeaa62936c7390316139604e77b4d1a1"
    "68c453f8f752c6251c4e42d1a762db093fa506e2907449faf04f23e72f2b352f"
)
_HOW = {
    **{
        name: f"is not installed: apt-get install {' '.join(all_)}"
        for name, all_ in PACKAGES.items()
    },
    OLD: "is not found: on x86-64, install npm, then python tests/find_browser.py",
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


def libreoffice() -> str | None:
    """Return the path of LibreOffice, which opens and saves spreadsheets; None if not there."""
    return _installed("soffice", "libreoffice")


def gettext() -> str | None:
    """Return the path of gettext's `msgfmt`, which reads PO files strictly; None if not there."""
    return _installed("msgfmt")


def chromium_80() -> str | None:
    """Return the path of Chromium 80, which get() puts into the user's cache; None if not there."""
    at = _old_path()
    return str(at) if platform.machine() == "x86_64" and os.access(at, os.X_OK) else None


FIND: dict[str, Callable[[], str | None]] = {
    "Chromium": chromium,
    "Firefox": firefox,
    "WebKitGTK": webkit,
}
"""The engines in which every page is opened."""
_ALL = FIND | {
    OLD: chromium_80,
    "nginx": nginx.found,
    "LibreOffice": libreoffice,
    "gettext": gettext,
}


def missing() -> dict[str, str]:
    """Return how to install each missing program, by the program's name."""
    return {name: f"{name} {_HOW[name]}" for name, find in _ALL.items() if find() is None}


def get() -> None:
    """Install what is missing: Chromium from Playwright, the old one by npm; if root, the rest."""
    if "Chromium" in missing():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    if OLD in missing() and platform.machine() == "x86_64" and shutil.which("npm"):
        try:
            get_chromium_80()
        except OSError as error:
            print(f"{OLD} cannot be kept: {error}")
    names = [name for name in missing() if name in PACKAGES]
    if names and os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-q"])
        for name in names:  # one by one: a package that does not exist must not stop the others
            _try(["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES[name]])


def get_chromium_80() -> None:
    """Fetch Chromium 80 with npm into the user's cache; leave it out if that fails."""
    with TemporaryDirectory() as folder:
        _try(["npm", "pack", "--fetch-retries=0", "--loglevel=error", _OLD_PACKAGE], cwd=folder)
        for packed in Path(folder).glob("*.tgz"):
            if hashlib.sha512(packed.read_bytes()).hexdigest() != _OLD_SHA512:
                print(f"{_OLD_PACKAGE} is not the package that was looked at: it is not used.")
                continue
            with tarfile.open(packed) as files:
                compressed = files.extractfile("package/bin/chromium.br")
                assert compressed
                program = brotli.decompress(compressed.read())
            at = _old_path()
            at.parent.mkdir(parents=True, exist_ok=True)
            whole = at.with_name(f"{at.name}.{os.getpid()}")
            whole.write_bytes(program)
            whole.chmod(0o755)
            whole.replace(at)


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


def _old_path() -> Path:
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches, "inspection-outcome", "chromium-80")


def _try(command: list[str], cwd: str | None = None) -> None:
    print("$", *command, flush=True)
    # In single-user mode (RUNLEVEL=1), a package does not start the service that it brings.
    single_user = {**os.environ, "RUNLEVEL": "1"}
    subprocess.run(command, check=False, cwd=cwd, env=single_user)  # noqa: S603 (fixed commands)


if __name__ == "__main__":
    get()
    absent = missing()
    for name, find in _ALL.items():
        print(absent.get(name) or f"{name}: {find()}")
    if "Chromium" in absent:
        sys.exit("There is no browser to test with.")
