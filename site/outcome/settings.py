"""What the environment sets, checked at the start. Each variable is told in the README."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from outcome.edition import PACKAGE

_SITE = PACKAGE.parent


_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]+)?")


class SettingsError(Exception):
    """A variable that the site cannot start with; the message names it and the remedy."""


class Settings(Struct, frozen=True):
    """`public_url` has no trailing slash, or is empty; no trusted hosts: any Host header is answered."""

    content: Path = _SITE / "content"
    translations: Path = _SITE.parent / "translations"
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Read OUTCOME_CONTENT, OUTCOME_TRANSLATIONS, OUTCOME_PUBLIC_URL and OUTCOME_TRUSTED_HOSTS.

        Raises SettingsError for a folder that is not there or an address that is not one. Empty is the same as unset.
        """
        unset = cls()
        return cls(
            content=_folder(environ, "OUTCOME_CONTENT", unset.content, "report.toml"),
            translations=_folder(environ, "OUTCOME_TRANSLATIONS", unset.translations, "languages.toml"),
            public_url=_public_url(environ.get("OUTCOME_PUBLIC_URL", "")),
            trusted_hosts=tuple(environ.get("OUTCOME_TRUSTED_HOSTS", "").replace(",", " ").split()),
        )


def _folder(environ: Mapping[str, str], name: str, default: Path, holds: str) -> Path:
    folder = Path(environ[name]) if environ.get(name) else default
    if not folder.is_dir():
        raise SettingsError(f"{name}: there is no folder '{folder}'. Set it to the folder that holds {holds}.")
    return folder


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
