"""Who changed what, and when: the desk's view of git. One save is one commit of one file."""

import datetime as dt
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from inspection_outcome.desk.git import Author, Git, HistoryError
from inspection_outcome.desk.old_entry import translation_in
from inspection_outcome.i18n import lock, po_file
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.report.files import stamp

OUTSIDE = "outside"
"""The action of a commit that keeps what was changed outside the desk, such as in Poedit."""
_MOST = 100
"""Versions of one sentence that are told."""
_MOST_READ = 300
"""Commits of one file that are looked into for one sentence: each that may have changed it."""
LATELY = dt.timedelta(days=7)
"""For how long people are told that something else took the place of what they saved."""
_AT_ONCE = 25
"""Versions of a file that are in memory at once."""
_FIELDS = ("%H", "%aI", "%an", *(f"%(trailers:key={key},valueonly,separator=%x20)" for key in
           ("Desk-Action", "Sentence")))  # fmt: skip
_NO_TREE = "The translations are not under version control yet, so the desk keeps no history."


class Done(Struct, frozen=True):
    """What was done at the desk, by whom, to which language and sentence."""

    action: str
    by: Author
    tag: str
    sentence: str = ""

    def message(self) -> str:
        """Return the message of its commit."""
        subject = ", ".join(filter(None, (f"Desk: {self.action}", self.tag, self.sentence)))
        trailers = {"Desk-Action": self.action, "Language": self.tag, "Sentence": self.sentence}
        lines = (f"{key}: {value}\n" for key, value in trailers.items() if value)
        return f"{subject}\n\n{''.join(lines)}"


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


class Overwritten(Struct, frozen=True):
    """A sentence as it was saved at the desk, which has other words in the file now."""

    id: str
    saved: Version


class _Commit(NamedTuple):
    """A commit of a file, with the trailers of the desk: empty if it was made outside."""

    id: str
    when: str
    who: str
    action: str
    sentence: str

    def version(self, said: Translation | None) -> Version:
        """Return the version that this commit made."""
        when = dt.datetime.fromisoformat(self.when)
        return Version(self.id, self.who, when, said, self.action)


class History:
    """The history of one translations directory."""

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
        """Begin a history in the translations directory, with what is there now.

        Raise HistoryError.
        """
        self._git.run("init", "--quiet")
        exclude = self._folder / ".git" / "info" / "exclude"
        exclude.parent.mkdir(exist_ok=True)
        exclude.write_text(f"{lock.FILE}\n.*.part\n", encoding="utf-8")
        for pattern in ("*.toml", "*.pot", po_file.PATTERN):
            self._git.run("add", "--", *map(self._name, self._folder.glob(pattern)))
        self._git.run("commit", "--quiet", "--message", "Begin the history", by=by)

    def keep(self, path: Path, done: Done) -> str:
        """Commit one file, and nothing else, if it has changed.

        Return why that failed, for people; empty if it did not, or if there is no history. What
        others have staged stays staged, and is in no commit of the desk.
        """
        try:
            if not self.none:
                self._keep(self._name(path), done)
        except HistoryError as error:
            return str(error)
        return ""

    def _keep(self, name: str, done: Done) -> None:
        status = self._git.run("status", "--porcelain", "--ignored", "--", name)
        if not status.strip():
            return
        if status.startswith((b"??", b"!!")):  # git does not know this file yet
            self._git.run("add", "--intent-to-add", "--force", "--", name)
        self._git.run(
            "commit", "--quiet", "--cleanup=verbatim",
            "--message", done.message(), "--only", "--", name,
            by=done.by,
        )  # fmt: skip

    def versions(self, path: Path, language: Language, id_: str) -> list[Version]:
        """Return the versions of one sentence, the newest first, at most 100.

        Among them what was changed outside the desk, committed or not. Of branches that were
        merged, the merge is told. Empty without a history. Raise HistoryError.
        """
        if self.none:
            return []
        name = self._name(path)
        # What is there now, and is in the history only if the newest commit has it, too.
        newest = Version("", "", None, translation_in(_content(path), language, id_), "")
        found = [newest]
        # A save of another sentence has not changed this one.
        commits = [each for each in self._commits(name) if each.sentence in {"", id_}][:_MOST_READ]
        for commit, content in self._contents(commits, name):
            said = translation_in(content, language, id_)
            if said == found[-1].translation:
                found.pop()  # that commit did not change the sentence: this one did, or one before
            found.append(commit.version(said))
        if found[-1].translation is None:
            found.pop()
        return found[:_MOST]

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
        outside = bool(self._git.run("status", "--porcelain", "--", name))
        last_saves: dict[str, tuple[_Commit, bool]] = {}
        for commit in self._commits(name):
            if dt.datetime.fromisoformat(commit.when) < since:
                break
            if commit.sentence:
                last_saves.setdefault(commit.sentence, (commit, outside))
            outside = outside or commit.action in {"", OUTSIDE}
        asked = [commit for commit, changed_since in last_saves.values() if changed_since]
        there = _content(path)
        for commit, content in self._contents(asked[:_MOST], name):
            said, now = (
                translation_in(each, language, commit.sentence) for each in (content, there)
            )
            if said and said.forms != (now.forms if now else ()):
                yield Overwritten(commit.sentence, commit.version(said))

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
            raise HistoryError(f"{path} is not in the translations folder, so it has no history.")
        return (folder / path.name).relative_to(self._folder).as_posix()

    def _commits(self, name: str) -> list[_Commit]:
        """Return the commits that changed a file, the newest first."""
        form = "--format=" + "%x00".join(_FIELDS) + "%x00"
        try:
            said = self._git.run("log", "--first-parent", form, "--", name)
        except HistoryError:
            if self._git.run("rev-list", "--all", "--max-count=1"):
                raise
            return []  # no commit yet
        fields = said.decode(errors="replace").split("\0")
        size = len(_FIELDS)
        rows = (fields[at : at + size] for at in range(0, len(fields) - 1, size))
        return [_Commit(*(each.strip() for each in row)) for row in rows]

    def _contents(self, commits: Sequence[_Commit], name: str) -> Iterator[tuple[_Commit, bytes]]:
        """Yield each commit with the file's content in it; empty if it was not there."""
        for some in (commits[at : at + _AT_ONCE] for at in range(0, len(commits), _AT_ONCE)):
            asked = "".join(f"{commit.id}:./{name}\n" for commit in some)
            said = io.BytesIO(self._git.run("cat-file", "--batch", given=asked))
            for commit in some:
                head = said.readline().split()
                if len(head) == 3:  # noqa: PLR2004 (object, type, size; else: object, 'missing')
                    yield commit, said.read(int(head[2]) + 1)
                else:
                    yield commit, b""


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
