"""Who changed what, and when: the desk's view of git. One save is one commit of one file."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.desk import unkept
from inspection_outcome.desk.commits import (
    MOST_READ,
    OTHERS,
    OUTSIDE,
    Commit,
    Done,
    Version,
    commits_of,
    contents,
    past,
    version,
)
from inspection_outcome.desk.git import Author, Git, HistoryError
from inspection_outcome.desk.old_entry import translation_in
from inspection_outcome.i18n import lock, po_file, review
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.report.files import stamp

_Said = TypeVar("_Said")
_MOST = 100
"""Versions of one sentence that are told."""
_MOST_OF_MANY = 30
"""Commits of many sentences, such as of new English, that are looked into for all of them."""
LATELY = dt.timedelta(days=7)
"""For how long people are told that something else took the place of what they saved."""
_NO_TREE = "This is not under version control yet, so the desk keeps no history."


class Overwritten(Struct, frozen=True):
    """A sentence as it was saved at the desk, which has other words in the file now."""

    id: str
    saved: Version


class History:
    """The history of one directory: the translations, or the content."""

    def __init__(self, folder: Path) -> None:
        """`folder` need not be under version control."""
        self._folder = Path(os.path.realpath(folder))
        self._git = Git(self._folder)
        self._told: dict[Path, tuple[object, list[Overwritten]]] = {}

    @property
    def none(self) -> str:
        """Why there is no history, for people, with what to do; empty if there is one."""
        try:
            inside = self._git.run("rev-parse", "--is-inside-work-tree").strip()
        except HistoryError as error:
            return _NO_TREE if "not a git repository" in str(error) else str(error)
        return "" if inside == b"true" else _NO_TREE

    @property
    def can_begin(self) -> bool:
        """Whether `begin` would make one: git is there, and the folder is in no work tree."""
        return self.none == _NO_TREE

    def begin(self, by: Author) -> None:
        """Begin a history in the directory, with what is there now. Raise HistoryError."""
        self._git.run("init", "--quiet")
        exclude = self._folder / ".git" / "info" / "exclude"
        exclude.parent.mkdir(exist_ok=True)
        exclude.write_text(f"{lock.FILE}\n.*.part\n.*{unkept.ENDING}\n", encoding="utf-8")
        for pattern in ("*.toml", "*/*.toml", "*.pot", po_file.PATTERN, review.PATTERN):
            self._git.run("add", "--", *map(self._name, self._folder.glob(pattern)))
        self._git.run("commit", "--quiet", "--message", "Begin the history", by=by)

    def keep(self, path: Path, done: Done, *more: Path) -> str:
        """Commit one file, or several, and nothing else, if they have changed.

        Return why that failed, for people; empty if it did not, or if there is no history. What
        others have staged stays staged, and is in no commit of the desk.
        """
        try:
            if not self.none:
                self._keep([self._name(each) for each in (path, *more)], done)
                for each in (path, *more):
                    unkept.write_down(each, [])
        except HistoryError as error:
            return str(error)
        return ""

    def keep_others(self, tag: str, path: Path, *more: Path) -> None:
        """Keep what was changed outside the desk: so nobody's name stands on another's words.

        If it may also come from a save that is not in the history, that is said.
        """
        people = unkept.people(path)
        by = Author(_or_outside(people), OTHERS.email) if people else OTHERS
        emails = tuple(each.email for each in people)
        self.keep(path, Done(OUTSIDE, by, tag, perhaps_by=emails), *more)

    def _keep(self, names: Sequence[str], done: Done) -> None:
        new = ("--ignored", "--untracked-files=all")  # whatever somebody's own set-up says
        status = self._git.run("status", "--porcelain", "-z", *new, "--", *names).split(b"\0")
        if not any(status):
            return
        if any(each.startswith((b"??", b"!!")) for each in status):  # git does not know a file yet
            self._git.run("add", "--intent-to-add", "--force", "--", *names)
        self._git.run(
            "commit", "--quiet", "--cleanup=verbatim",
            "--message", done.message(), "--only", "--", *names,
            by=done.by,
        )  # fmt: skip # an option and its value on a line

    def versions(self, path: Path, language: Language, id_: str) -> list[Version]:
        """Return the versions of one sentence, the newest first, at most 100.

        Among them what was changed outside the desk, committed or not. Of branches that were
        merged, the merge is told. Empty without a history. Raise HistoryError.
        """

        def read(content: bytes) -> Translation | None:
            return translation_in(content, language, id_)

        found = [version(commit, said) for commit, said in self.past(path, id_, read)]
        if found and not found[0].commit:
            emails = tuple(each.email for each in unkept.people(path))
            found[0] = replace(found[0], perhaps_by=emails)
        return found

    def past(
        self, path: Path, id_: str, read: Callable[[bytes], _Said | None]
    ) -> list[tuple[Commit, _Said | None]]:
        """Return what a file said of something, and the commits that made it so: see `versions`.

        `id_`: as in the trailers of its saves. `read`: takes it out of the file's content.
        """
        if self.none:
            return []
        return past(self._git, self._name(path), _content(path), id_, read)[:_MOST]

    def earlier(
        self, path: Path, language: Language, wanted: Mapping[str, Callable[[Translation], bool]]
    ) -> dict[str, Translation]:
        """Return, for each of these sentences, its newest version in the history that fits.

        Empty without a history, or while git does not answer.
        """
        found: dict[str, Translation] = {}
        with suppress(HistoryError):
            if not wanted or self.none:
                return found
            name, many = self._name(path), 0
            commits = []
            for commit in commits_of(self._git, name):
                many += not commit.sentence  # such a commit may have changed any sentence
                if commit.sentence in wanted or (not commit.sentence and many <= _MOST_OF_MANY):
                    commits.append(commit)
            for commit, content in contents(self._git, commits[:MOST_READ], name):
                for id_ in [commit.sentence] if commit.sentence else wanted.keys() - found.keys():
                    said = translation_in(content, language, id_)
                    if said and id_ not in found and wanted[id_](said):
                        found[id_] = said
        return found

    def overwritten(self, path: Path, language: Language) -> list[Overwritten]:
        """Return what was saved at the desk lately, and was changed outside since.

        As by an editor that had the file open all the while. Empty without a history. Raise
        HistoryError.
        """
        if self.none:
            return []
        name = self._name(path)
        state = (stamp(path), self._git.run("rev-parse", "--revs-only", "HEAD"))
        known, found = self._told.get(path, (None, []))
        if known != state:
            found = [*self._overwritten(path, name, language)]
            self._told[path] = state, found
        return found

    def _overwritten(self, path: Path, name: str, language: Language) -> Iterator[Overwritten]:
        since = dt.datetime.now(dt.UTC) - LATELY
        changed = bool(self._git.run("status", "--porcelain", "--", name))
        outside = changed and not unkept.people(path)  # else it is what git did not take
        last_saves: dict[str, tuple[Commit, bool]] = {}
        for commit in commits_of(self._git, name):
            if commit.sentence:
                last_saves.setdefault(commit.sentence, (commit, outside))
            outside = outside or (commit.action in {"", OUTSIDE} and not commit.perhaps_by)
        asked = [
            commit
            for commit, changed_since in last_saves.values()
            if changed_since and dt.datetime.fromisoformat(commit.when) > since
        ]
        there = _content(path)
        for commit, content in contents(self._git, asked[:_MOST], name):
            said, now = (
                translation_in(each, language, commit.sentence) for each in (content, there)
            )
            if said and said.forms != (now.forms if now else ()):
                yield Overwritten(commit.sentence, version(commit, said))

    def user(self) -> str:
        """Return the name that git has for the person at this computer; empty if it has none."""
        try:
            said = self._git.run("config", "user.name").decode(errors="replace")
        except HistoryError:
            return ""
        return said.strip()

    def _name(self, path: Path) -> str:
        folder = Path(os.path.realpath(path.parent))
        if not folder.is_relative_to(self._folder):
            raise HistoryError(f"{path} is not in {self._folder}, so it has no history.")
        return (folder / path.name).relative_to(self._folder).as_posix()


def _or_outside(people: Sequence[Author]) -> str:
    names = ", or ".join(each.name for each in people)
    return f"{names}, or somebody outside the desk"


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
