"""Settings of a hosted desk, from the environment: checked at the start, all or none."""

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.settings import SettingsError

_PREFIX = "OUTCOME_DESK_"
_NEEDED = {
    "ISSUER": "the address of the sign-in, like https://login.example.gov.uk",
    "CLIENT_ID": "the name by which the sign-in knows the desk",
    "CLIENT_SECRET_FILE": "a file with the secret that the sign-in gave the desk",
    "HOST": "the desk's own host name, like desk.example.gov.uk",
    "PEOPLE": "the path of people.toml",
    "SESSIONS": "an empty folder of the desk's own",
    "SECRET_KEY_FILE": "a file with a random text of 32 characters or more",
}
"""Each setting that a hosted desk must have, and what it is."""
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?")
_SHORTEST_KEY = 32
_FOR_OTHERS = stat.S_IWGRP | stat.S_IRWXO
"""What a secret must not allow. Its group may read: files of root that the desk's group reads."""
_CREATE_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


class HostedSettings(Struct, frozen=True):
    """Settings of a hosted desk. See _NEEDED; `proxies`: how many stand in front of it."""

    issuer: str
    client_id: str
    client_secret: str
    host: str
    people: Path
    sessions: Path
    secret_key: str
    proxies: int

    @classmethod
    def read(cls, environ: Mapping[str, str], folders: Folders) -> "HostedSettings":
        """Read every OUTCOME_DESK_ variable. `folders`: of the site, which must not hold a secret.

        Raise SettingsError, with what is missing or wrong and what to do.
        """
        given = {name: environ.get(_PREFIX + name, "").strip() for name in _NEEDED}
        if lacking := [f"{_PREFIX}{name}: {_NEEDED[name]}." for name in given if not given[name]]:
            told = "\n    ".join(lacking)
            raise SettingsError(f"A hosted desk also needs\n    {told}\nSet it, and start again.")
        paths = {name: Path(given[name]).absolute() for name in (*_FILES, "SESSIONS")}
        for name, path in paths.items():
            for problem in _unsafe(path, folders, holds=name not in _FILES):
                raise SettingsError(f"{_PREFIX}{name}: {path} {problem}")
        settings = cls(
            given["ISSUER"],
            given["CLIENT_ID"],
            _secret(paths["CLIENT_SECRET_FILE"]),
            given["HOST"].lower(),
            paths["PEOPLE"],
            paths["SESSIONS"],
            _secret(paths["SECRET_KEY_FILE"]),
            _number(environ.get(f"{_PREFIX}PROXIES") or "1"),
        )
        settings._check()
        return settings

    def _check(self) -> None:
        if not re.fullmatch(r"https://[^/\s?#@]+[^\s?#]*", self.issuer):
            raise SettingsError(
                f"{_PREFIX}ISSUER: '{self.issuer}' is not an https address. "
                "Write the issuer exactly as the sign-in tells it."
            )
        if not _HOST.fullmatch(self.host):
            raise SettingsError(
                f"{_PREFIX}HOST: '{self.host}' is not a host name. "
                "Write it without https:// and without a slash, like desk.example.gov.uk."
            )
        if len(self.secret_key) < _SHORTEST_KEY:
            raise SettingsError(
                f"{_PREFIX}SECRET_KEY_FILE: its text is shorter than {_SHORTEST_KEY} characters. "
                f"Make one with: {_CREATE_KEY}"
            )


_FILES = ("CLIENT_SECRET_FILE", "SECRET_KEY_FILE", "PEOPLE")


def _unsafe(path: Path, folders: Folders, *, holds: bool) -> Iterator[str]:
    """Yield why a file, or a folder if it `holds` others, cannot be used, with the remedy."""
    path = Path(os.path.realpath(path))
    if not (path.is_dir() if holds else path.is_file()):
        yield f"is no {'folder' if holds else 'file'}. Make it, or name another."
        return
    project = PACKAGE.parent.parent
    around = (path, *path.parents)
    ours = {project, *map(Path, map(os.path.realpath, (folders.content, folders.translations)))}
    if ours & set(around) or any((each / ".git").exists() for each in around):
        yield "is in a folder that is kept in git, or is part of the site. Move it out of there."
    # Windows tells no such mode: HOSTED.md says who should have the rights there.
    if sys.platform != "win32" and (mode := stat.S_IMODE(path.stat().st_mode)) & _FOR_OTHERS:
        wanted = "700" if holds else "640"
        yield f"can be used by others (its mode is {mode:o}). Do: chmod {wanted} {path}"


def _secret(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}. Let the desk's user read it."
        ) from None
    if not text:
        raise SettingsError(f"{path} is empty. Put the secret into it.")
    return text


def _number(proxies: str) -> int:
    if not re.fullmatch("[0-9]", proxies):
        raise SettingsError(
            f"{_PREFIX}PROXIES: '{proxies}' is not a number from 0 to 9. Say how many are in front."
        )
    return int(proxies)
