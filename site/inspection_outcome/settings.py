"""What the environment sets, checked at the start. Each variable is told in the README."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from inspection_outcome.edition import PACKAGE

_SITE = PACKAGE.parent


_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]+)?")


class SettingsError(Exception):
    """A variable that the site cannot start with; the message names it and the remedy."""


class Settings(Struct, frozen=True):
    """`public_url` has no trailing slash, or is empty; no trusted hosts: any Host header is answered.

    `proxies`: how many are in front; `last_good`: the file that keeps what a start falls back to, if there is one.
    """

    content: Path = _SITE / "content"
    translations: Path = _SITE.parent / "translations"
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    last_good: Path | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every OUTCOME_ variable.

        Raises SettingsError for a folder that is not there, and for an address, a host or a number that is not one.
        Empty is the same as unset. Content that is gone does not matter where the last good one is kept.
        """
        unset, last_good = cls(), _last_good(environ.get("OUTCOME_LAST_GOOD", ""))
        there = last_good is None or not last_good.is_file()
        return cls(
            content=_folder(environ, "OUTCOME_CONTENT", unset.content, "report.toml", there=there),
            translations=_folder(environ, "OUTCOME_TRANSLATIONS", unset.translations, "languages.toml", there=there),
            public_url=_public_url(environ.get("OUTCOME_PUBLIC_URL", "")),
            trusted_hosts=_trusted_hosts(environ.get("OUTCOME_TRUSTED_HOSTS", "")),
            proxies=_proxies(environ.get("OUTCOME_PROXIES", "")),
            last_good=last_good,
        )


def _folder(environ: Mapping[str, str], name: str, default: Path, holds: str, *, there: bool) -> Path:
    folder = Path(environ[name]) if environ.get(name) else default
    if there and not folder.is_dir():
        raise SettingsError(f"{name}: there is no folder '{folder}'. Set it to the folder that holds {holds}.")
    return folder


def _trusted_hosts(names: str) -> tuple[str, ...]:
    """Return the names in small letters, as a host has no case; one that begins with a dot stands for all below it."""
    hosts = tuple(names.lower().replace(",", " ").split())
    for host in hosts:
        if not _HOST.fullmatch(host.removeprefix(".")):
            raise SettingsError(
                f"OUTCOME_TRUSTED_HOSTS: '{host}' is not a host name. "
                "Write it without https:// and without a slash, like results.example.gov.uk."
            )
    return hosts


def _proxies(number: str) -> int:
    if not number:
        return 0
    if not re.fullmatch("[0-9]", number):
        raise SettingsError(f"OUTCOME_PROXIES: '{number}' is not a number from 0 to 9. Say how many are in front.")
    return int(number)


def _last_good(path: str) -> Path | None:
    if not path:
        return None
    file = Path(path)
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise SettingsError(f"OUTCOME_LAST_GOOD: '{path}' is not a file in a folder that is there. Name one.")
    return file


def _public_url(url: str) -> str:
    if not url:
        return ""
    problem = "OUTCOME_PUBLIC_URL: '{}' is not a web address. Write it like https://results.example.gov.uk."
    try:
        parts = urlsplit(url)
    except ValueError:
        raise SettingsError(problem.format(url)) from None
    address = f"{parts.scheme}://{parts.netloc}"
    # urlsplit forgives much: only what it gives back unchanged is an address and nothing more.
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc) or url.removesuffix("/") != address:
        raise SettingsError(problem.format(url))
    return address
