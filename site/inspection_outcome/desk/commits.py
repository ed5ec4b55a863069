"""The commits of one file, and what the file held in each."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from inspection_outcome.desk.git import Git, HistoryError

_AT_ONCE = 25
"""Versions of a file that are in memory at once."""
_NEVER = "1970-01-01T00:00:00+00:00"
_TRAILERS = ("Desk-Action", "Sentence", "Translated-By")
_FIELDS = (
    "%H",
    "%aI",
    "%an",
    "%ae",
    *(f"%(trailers:key={key},valueonly,separator=%x20)" for key in _TRAILERS),
)


class Commit(NamedTuple):
    """A commit of a file, with the trailers of the desk: empty if it was made outside."""

    id: str
    when: str
    who: str
    email: str
    action: str
    sentence: str
    translated_by: str


def commits_of(git: Git, name: str) -> list[Commit]:
    """Return the commits that changed a file, the newest first. Raise HistoryError."""
    form = "--format=" + "%x00".join(_FIELDS) + "%x00"
    try:
        said = git.run("log", "--first-parent", form, "--", name)
    except HistoryError:
        if git.run("rev-list", "--all", "--max-count=1"):
            raise
        return []  # no commit yet
    fields = said.decode(errors="replace").split("\0")
    size = len(_FIELDS)
    rows = (fields[at : at + size] for at in range(0, len(fields) - 1, size))
    found = (Commit(*(each.strip() for each in row)) for row in rows)
    return [each._replace(when=_readable(each.when)) for each in found]


def _readable(when: str) -> str:
    """Return a time that can be read: other programs can give a commit any, such as year 10000."""
    try:
        dt.datetime.fromisoformat(when).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return _NEVER
    return when


def contents(git: Git, commits: Sequence[Commit], name: str) -> Iterator[tuple[Commit, bytes]]:
    """Yield each commit with the file's content in it; empty if it was not there."""
    for some in (commits[at : at + _AT_ONCE] for at in range(0, len(commits), _AT_ONCE)):
        asked = "".join(f"{commit.id}:./{name}\n" for commit in some)
        said = io.BytesIO(git.run("cat-file", "--batch", given=asked))
        for commit in some:
            head = said.readline().split()
            if len(head) == 3:  # noqa: PLR2004 (object, type, size; else: object, 'missing')
                yield commit, said.read(int(head[2]) + 1)
            else:
                yield commit, b""
