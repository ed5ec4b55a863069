"""Run git for the desk: never through a shell, and with nothing of a programmer's own set-up."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

_LONGEST_WAIT = 20  # seconds for one call of git
_ABANDONED = 60  # seconds after which a lock is one that a killed git left
_LOCK = re.compile(r"Unable to create '([^']+\.lock)': File exists")
_SAFE = (
    "--literal-pathspecs",
    "-c", "core.hooksPath=/dev/null",  # hooks are for people who program
    "-c", "commit.gpgSign=false",  # nobody is there to type a pass phrase
    "-c", "core.quotePath=false",
)  # fmt: skip # an option and its value on a line
_NOT_THERE = "git is not installed, so the desk keeps no history. Install it from git-scm.com."


class HistoryError(Exception):
    """Raised if git does not do what it is asked, with what it says, for people."""


class Author(Struct, frozen=True):
    """Who saves, as the history tells it."""

    name: str
    email: str = "desk@localhost"


class Git:
    """Runs git in one directory."""

    def __init__(self, folder: Path) -> None:
        """`folder` need not be under version control."""
        self._folder = folder
        self._program = shutil.which("git")

    def run(self, *arguments: str, by: Author | None = None, given: str = "") -> bytes:
        """Run git in the directory, and return what it prints. Raise HistoryError if it fails."""
        if self._program is None:
            raise HistoryError(_NOT_THERE)
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        people = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in ((("NAME", by.name), ("EMAIL", by.email)) if by else ())
        }
        if any(ord(sign) < ord(" ") for value in people.values() for sign in value):
            raise HistoryError("The name holds a control character. Type it again.")
        try:
            done = subprocess.run(  # noqa: S603 (a list, never a shell; names stand behind --)
                [self._program, *_SAFE, *arguments],
                cwd=self._folder,
                env=kept | people | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
                input=given.encode(),
                capture_output=True,
                timeout=_LONGEST_WAIT,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise HistoryError(f"git does not answer: {error}") from None
        if done.returncode:
            told = done.stderr.decode(errors="replace")
            if _unlocked(told):
                return self.run(*arguments, by=by, given=given)
            raise HistoryError(f"git says: {' '.join(told.split())[:300]}")
        return done.stdout


def log(run: Callable[..., bytes], fields: Sequence[str], *more: str) -> list[list[str]]:
    """Return these fields of each commit that `git log` tells. `run`: runs git, as `Git.run`."""
    said = run("log", "--format=" + "%x00".join(fields) + "%x00", *more)
    found = [each.strip() for each in said.decode(errors="replace").split("\0")]
    return [found[at : at + len(fields)] for at in range(0, len(found) - 1, len(fields))]


def trailer(key: str) -> str:
    """Return the field of a trailer of a commit's message."""
    return f"%(trailers:key={key},valueonly,separator=%x20)"


def _unlocked(told: str) -> bool:
    """Return whether git failed for a lock that a killed git left, and that is deleted now."""
    found = _LOCK.search(told)
    with suppress(OSError):
        if found and time.time() - Path(found[1]).stat().st_mtime > _ABANDONED:
            Path(found[1]).unlink()
            return True
    return False
