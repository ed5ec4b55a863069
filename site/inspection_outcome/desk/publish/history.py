"""What was published when, by whom: a bare git repository beside the live folder.

Each publish is one commit of all that is live. So nothing in the live folder is git's.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from inspection_outcome.desk.commits import OTHERS, OUTSIDE
from inspection_outcome.desk.git import Author, Git, HistoryError, log, trailer

PUBLISH, TAKE_BACK = "publish", "take back"
_LIVE, _NEXT = "refs/heads/live", "refs/heads/next"
_MOST = 50
"""Publishes that are told."""
_FIELDS = ("%H", "%P", "%aI", "%an", *map(trailer, ("Desk-Action", "Languages", "Sentences")))


class Publish(Struct, frozen=True):
    """One publish: its commit, and the one before it; empty if it was the first."""

    commit: str
    before: str
    when: dt.datetime
    who: str
    action: str
    tags: Sequence[str]
    """The languages that were published."""
    number: str
    """How many sentences changed, over all languages."""


class LiveHistory:
    """The history of one live folder. Its methods raise HistoryError.

    Who changes something holds the lock of the live folder.
    """

    def __init__(self, live: Path) -> None:
        self._live = live
        self._folder = live.with_name(f"{live.name}.history.git")

    @property
    def none(self) -> str:
        """Why there is no history, for people; empty if there is one, or will be."""
        try:
            self._run("--version")
        except HistoryError as error:
            return str(error)
        return ""

    def _begin(self) -> None:
        """Make it ready for a publish: mend what a killed one left, keep what others changed."""
        self._run("init", "--quiet", "--bare", str(self._folder))
        for left in (*self._folder.glob("*.lock"), *self._folder.glob("refs/heads/*.lock")):
            left.unlink(missing_ok=True)
        self._run("symbolic-ref", "HEAD", _LIVE)
        if not self._live.is_dir():
            return
        now, prepared = self._tree(self._live), self._id(_NEXT)
        if prepared and self._id(f"{_NEXT}^{{tree}}") == now:
            self.confirm()
            return
        if prepared:
            self._run("update-ref", "-d", _NEXT)
        if self._id(f"{_LIVE}^{{tree}}") != now:
            self._commit(now, _LIVE, f"Live: {OUTSIDE}\n\nDesk-Action: {OUTSIDE}\n", OTHERS)

    def prepare(
        self, fresh: Path, action: str, tags: Collection[str], number: int, by: Author
    ) -> None:
        """Keep what will be live. It counts from `confirm` on, or once it is found to be live."""
        self._begin()
        message = (
            f"Live: {action}, {' '.join(tags)}\n\n"
            f"Desk-Action: {action}\nLanguages: {' '.join(tags)}\nSentences: {number}\n"
        )
        self._commit(self._tree(fresh), _NEXT, message, by)

    def confirm(self) -> None:
        """Say that what was prepared is live."""
        self._run("update-ref", _LIVE, _NEXT)
        self._run("update-ref", "-d", _NEXT)

    def publishes(self) -> list[Publish]:
        """Return what was published, the newest first; empty without a history."""
        if not self._folder.is_dir() or not self._id(_LIVE):
            return []
        rows = log(self._run, _FIELDS, f"--max-count={_MOST}", _LIVE)
        return [
            Publish(id_, before, dt.datetime.fromisoformat(when), who, action, tags.split(), number)
            for id_, before, when, who, action, tags, number in rows
        ]

    def extract(self, commit: str, into: Path) -> None:
        """Write what was live from a commit on into a directory."""
        packed = self._run("archive", "--format=zip", commit)
        with zipfile.ZipFile(io.BytesIO(packed)) as files:
            files.extractall(into)

    def _tree(self, folder: Path) -> str:
        """Keep the content of a directory, and return its id."""
        self._run("add", "--all", "--force", "--", ".", tree=folder)
        return self._run("write-tree").decode().strip()

    def _commit(self, tree: str, ref: str, message: str, by: Author) -> None:
        parent = self._id(_LIVE)
        parents = ["-p", parent] if parent else []
        made = self._run("commit-tree", tree, *parents, "-m", message, by=by)
        self._run("update-ref", ref, made.decode().strip())

    def _id(self, name: str) -> str:
        """Return the id of a commit or tree; empty if there is none."""
        with suppress(HistoryError):
            return self._run("rev-parse", "--quiet", "--verify", name).decode().strip()
        return ""

    def _run(self, *arguments: str, tree: Path | None = None, by: Author | None = None) -> bytes:
        where = [] if arguments[0] == "init" else [f"--git-dir={self._folder}"]
        work = [f"--work-tree={tree}"] if tree else []
        git = Git(tree or self._live.parent)
        return git.run("-c", "core.autocrlf=false", *where, *work, *arguments, by=by)
