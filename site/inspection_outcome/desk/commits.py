"""The commits of one file: how one is written, and what the file held in each, its versions."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from msgspec import Struct

from inspection_outcome.desk.git import Author, Git, HistoryError, log, trailer
from inspection_outcome.i18n.po_file import Translation

_Said = TypeVar("_Said")
OTHERS = Author("Changed outside the desk")
OUTSIDE = "outside"
"""The action of a commit that keeps what was changed outside the desk, such as in Poedit."""
MOST_READ = 300
"""Commits of one file that are looked into for one sentence: each that may have changed it."""
_AT_ONCE = 25
"""Versions of a file that are in memory at once."""
_NEVER = "1970-01-01T00:00:00+00:00"
_TRAILERS = ("Desk-Action", "Sentence", "Translated-By", "Perhaps-By")
_FIELDS = ("%H", "%aI", "%an", "%ae", *map(trailer, _TRAILERS))


class Done(Struct, frozen=True):
    """What was done at the desk, by whom, to which language and sentence."""

    action: str
    by: Author
    tag: str
    sentence: str = ""
    translated_by: str = ""
    """Of what was brought in: who translated it, on one line."""
    perhaps_by: tuple[str, ...] = ()
    """The e-mails of people of whom it is not known whether they did it: see unkept.py."""

    def message(self) -> str:
        """Return the message of its commit."""
        subject = ", ".join(filter(None, (f"Desk: {self.action}", self.tag, self.sentence)))
        trailers = {
            "Desk-Action": self.action,
            "Language": self.tag,
            "Sentence": self.sentence,
            "Translated-By": self.translated_by,
            "Perhaps-By": " ".join(self.perhaps_by),
        }
        lines = (f"{key}: {value}\n" for key, value in trailers.items() if value)
        return f"{subject}\n\n{''.join(lines)}"


class Commit(NamedTuple):
    """A commit of a file, with the trailers of the desk: empty if it was made outside."""

    id: str
    when: str
    who: str
    email: str
    action: str
    sentence: str
    translated_by: str
    perhaps_by: str


class Version(Struct, frozen=True):
    """One sentence in one language as it was from a moment on."""

    commit: str
    """The commit that made it so; empty if it is not in the history yet."""
    who: str
    when: dt.datetime | None
    """None if it is not in the history yet."""
    translation: Translation | None
    """None if the sentence was not there."""
    action: str
    """What was done at the desk; empty or OUTSIDE if it was done outside the desk."""
    email: str = ""
    """The e-mail of the author: see `Person.author`. Empty if it is not in the history yet."""
    translated_by: str = ""
    """Of what was brought in from a file."""
    perhaps_by: tuple[str, ...] = ()
    """The e-mails of people of whom it is not known whether they did it: see unkept.py."""


def version(commit: Commit, said: Translation | None) -> Version:
    """Return the version that a commit made."""
    when = dt.datetime.fromisoformat(commit.when) if commit.when else None
    return Version(
        commit.id,
        commit.who,
        when,
        said,
        commit.action,
        commit.email,
        commit.translated_by,
        tuple(commit.perhaps_by.split()),
    )


def commits_of(git: Git, name: str) -> list[Commit]:
    """Return the commits that changed a file, the newest first. Raise HistoryError."""
    try:
        rows = log(git.run, _FIELDS, "--first-parent", "--", name)
    except HistoryError:
        if git.run("rev-list", "--all", "--max-count=1"):
            raise
        return []  # no commit yet
    found = (Commit(*row) for row in rows)
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


_NOT_KEPT = Commit(*[""] * len(Commit._fields))
"""In place of a commit, for what is in the file and not in the history yet."""


def past(
    git: Git, name: str, now: bytes, id_: str, read: Callable[[bytes], _Said | None]
) -> list[tuple[Commit, _Said | None]]:
    """Return what a file said of something, and the commits that made it so, the newest first.

    `now`: the file's content, which is in the history only if the newest commit has it, too. `id_`:
    as in the trailers of its saves. `read`: takes it out of a content; None if it is not there.
    """
    found = [(_NOT_KEPT, read(now))]
    # A save of another sentence has not changed this one.
    commits = [each for each in commits_of(git, name) if each.sentence in {"", id_}]
    for commit, content in contents(git, commits[:MOST_READ], name):
        said = read(content)
        if said == found[-1][1]:
            found.pop()  # that commit did not change the sentence: this one did, or one before
        found.append((commit, said))
    if found[-1][1] is None:
        found.pop()
    return found
