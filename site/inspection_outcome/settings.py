"""Settings from environment variables and `.env`, checked at the start: see README.md."""

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from flask.helpers import get_load_dotenv
from msgspec import Struct

from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.report.errors import visible
from inspection_outcome.report.files import BOM, read_text

_SITE = PACKAGE.parent
_PROJECT = _SITE.parent
"""The folder with `.env`, in which relative paths begin, whatever the working directory is."""
_NAME = re.compile(r"OUTCOME_\w*", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]+)?")
_ADDRESS = re.compile(rf"(?P<host>https?://{_HOST.pattern})(?P<path>(/[\w.~%-]+)*)/?")


class SettingsError(Exception):
    """A variable with which the site cannot start; the message names it and the remedy."""


class Settings(Struct, frozen=True):
    """Settings of the site.

    `public_url`: without a trailing slash, or empty; `trusted_hosts`: if empty, any Host header is
    answered; `proxies`: the number of reverse proxies in front; `last_good`: the file with the
    fallback for a broken start, if any; `live`: the folder that the desk publishes into, if it does
    not change what readers have; `published`: the folder for plain files of that.
    """

    content: Path = _SITE / "content"
    translations: Path = _PROJECT / "translations"
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    last_good: Path | None = None
    live: Path | None = None
    published: Path | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every OUTCOME_ variable.

        Raise SettingsError for a missing directory, and for an invalid URL, host or number. Empty
        is the same as unset. Missing content is no error if the last good content is kept.
        """
        unset, last_good = cls(), _last_good(environ.get("OUTCOME_LAST_GOOD", ""))
        there = last_good is None or not last_good.is_file()
        return cls(
            content=_folder(environ, "OUTCOME_CONTENT", unset.content, "report.toml", there=there),
            translations=_folder(
                environ, "OUTCOME_TRANSLATIONS", unset.translations, "languages.toml", there=there
            ),
            public_url=_public_url(environ.get("OUTCOME_PUBLIC_URL", "")),
            trusted_hosts=_trusted_hosts(environ.get("OUTCOME_TRUSTED_HOSTS", "")),
            proxies=_proxies(environ.get("OUTCOME_PROXIES", "")),
            last_good=last_good,
            live=_to_be_made(environ, "OUTCOME_LIVE"),
            published=_published(environ),
        )

    @property
    def folders(self) -> Folders:
        """The folders that the site is made from."""
        return Folders(self.content, self.translations)


_NAMES = tuple(f"OUTCOME_{field.upper()}" for field in Settings.__struct_fields__)


def environment(project: Path = _PROJECT) -> dict[str, str]:
    """Return the environment variables, and those that `.env` in the project's folder adds.

    As in Flask, the environment wins, and FLASK_SKIP_DOTENV turns the file off. `flask` alone would
    find the file only from inside the project, and other servers not at all. Raise SettingsError if
    the file cannot be read, or a line means to set something and does not: it would be ignored.
    """
    return {**(_file_values(project / ".env") if get_load_dotenv() else {}), **os.environ}


def _file_values(file: Path) -> dict[str, str]:
    if not file.is_file():  # not there; or the folder of a virtual environment
        if (named := file.with_name(f"{file.name}.txt")).is_file():  # as Notepad names it
            raise SettingsError(f"{named} is not read. Rename it to {file.name}, without .txt.")
        return {}
    try:
        text = read_text(file, "utf-8-sig")  # some programs on Windows put a mark before UTF-8
    except UnicodeDecodeError:
        text = "\0"
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error}") from None
    if "\0" in text:  # UTF-16, in which PowerShell writes, is also UTF-8 where it has no mark
        raise SettingsError(
            f"{file} is not UTF-8 text. Save the file again as UTF-8: "
            "in Notepad, with 'Save as' and 'Encoding: UTF-8'."
        )
    given = dotenv_values(stream=io.StringIO(text))
    values = {name: value for name, value in given.items() if value is not None}
    for number, line in enumerate(text.splitlines(), 1):
        name = _NAME.search(line.partition("#")[0])
        if name and not (name[0] in _NAMES and name[0] in values):
            raise SettingsError(
                f"{file}, line {number}: '{visible(line)}' sets nothing. "
                f"Write it like OUTCOME_CONTENT=ours, with one of the names {', '.join(_NAMES)}."
            )
    return values


def not_named(environ: Mapping[str, str], project: Path = _PROJECT) -> list[Path]:
    """Return the content folders beside the shipped one, as ours/content, if no setting names any.

    Then the shipped site is worked on, and perhaps `.env` is lost.
    """
    if environ.get("OUTCOME_CONTENT"):
        return []
    found = (each.parent for each in sorted(project.glob("*/content/report.toml")))
    return [each for each in found if each != project / "site" / "content"]


def with_settings(file: Path, values: Mapping[str, str]) -> str | None:
    """Return the text of `.env` with these settings added; None if it sets one to something else.

    Every other line stays. Raise SettingsError if the file cannot be read, or a value in it could
    not be read again.
    """
    given = _file_values(file)
    if any(given.get(name, value) != value for name, value in values.items()):
        return None
    text = read_text(file, newline="") if file.is_file() else ""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [f"{name}={value}{end}" for name, value in values.items() if name not in given]
    text += (end if text and not text.endswith("\n") else "") + "".join(lines)
    again = dotenv_values(stream=io.StringIO(text.removeprefix(BOM)))
    for name, value in values.items():
        if again.get(name) != value:
            raise SettingsError(
                f"{file} cannot hold '{visible(value)}'. "
                "Choose a folder with letters, digits and hyphens only."
            )
    return text


def _folder(
    environ: Mapping[str, str], name: str, default: Path, holds: str, *, there: bool
) -> Path:
    folder = _PROJECT / environ[name] if environ.get(name) else default
    if there and not folder.is_dir():
        if folder == default:  # installed without -e, so that only the package itself is there
            raise SettingsError(
                f"{name} is not set, and 'pip install' ran without -e: see README.md."
            )
        raise SettingsError(
            f"{name}: there is no folder '{folder}'. Set it to the folder that holds {holds}."
        )
    return folder


def _trusted_hosts(names: str) -> tuple[str, ...]:
    """Return the host names in lower case, as a host is case-insensitive.

    A name that begins with a dot includes all its subdomains.
    """
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
        raise SettingsError(
            f"OUTCOME_PROXIES: '{number}' is not a number from 0 to 9. Say how many are in front."
        )
    return int(number)


def _last_good(path: str) -> Path | None:
    if not path:
        return None
    file = _PROJECT / path
    if file.is_dir() or not file.parent.is_dir():
        raise SettingsError(
            f"OUTCOME_LAST_GOOD: '{path}' is not a file in a folder that is there. Name one."
        )
    return file


def _published(environ: Mapping[str, str]) -> Path | None:
    if environ.get("OUTCOME_PUBLISHED") and not environ.get("OUTCOME_LIVE"):
        raise SettingsError(
            "OUTCOME_PUBLISHED is set, and OUTCOME_LIVE is not: the plain files are made from the "
            "live folder. Set OUTCOME_LIVE, too, like /srv/outcome/live; or set neither."
        )
    return _to_be_made(environ, "OUTCOME_PUBLISHED")


def _to_be_made(environ: Mapping[str, str], name: str) -> Path | None:
    """Return a folder that need not be there, in one that is."""
    if not environ.get(name):
        return None
    folder = _PROJECT / environ[name]
    if not folder.parent.is_dir():
        raise SettingsError(f"{name}: there is no folder '{folder.parent}'. Make it first.")
    return folder


def _public_url(url: str) -> str:
    """Return an http or https URL of only scheme and host, without a trailing slash."""
    if not url:
        return ""
    if (parts := _ADDRESS.fullmatch(url)) is None:
        raise SettingsError(
            f"OUTCOME_PUBLIC_URL: '{url}' is not a web address. "
            "Write it like https://results.example.gov.uk."
        )
    if parts["path"]:
        raise SettingsError(
            f"OUTCOME_PUBLIC_URL: '{url}' has a path, and the site does not work below a path of "
            "another site: its links begin at the top of the host. Give it a host name of its own, "
            f"like https://results.example.gov.uk, and link to that from {url}."
        )
    return parts["host"]
