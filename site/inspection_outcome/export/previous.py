"""The directory as it was published before: what was made here, is still whole, or is another's."""

import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from inspection_outcome.export.errors import PublishError
from inspection_outcome.pages.urls import DATASET
from inspection_outcome.report.errors import visible

MARK = "_published.json"
"""The file that marks a published directory, and holds its `Manifest`."""


class Manifest(Struct, frozen=True):
    """What a published directory holds."""

    offline: dict[str, str]
    """The version of each language's offline pack, by tag."""
    files: dict[str, str]
    """The SHA-256 of each file that was made here but MARK, by its path in the directory."""


class _Council(Struct, frozen=True):
    """What of a dataset says whose it is."""

    council: str


class Previous:
    """A directory to publish to, that may have been published before.

    The constructor raises PublishError for any other directory that holds something.
    """

    def __init__(self, folder: Path) -> None:
        self._mark = _mark(folder)
        self.manifest = _manifest(folder, self._mark)
        """None if the directory was not published here."""
        self._refuse_others(folder)
        self.folder = folder.resolve()

    def _refuse_others(self, folder: Path) -> None:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise PublishError(f"{folder} is not a folder. Name one that is to be made.")
        if self._mark and not self.manifest:
            raise PublishError(
                f"{folder / MARK} is damaged, so that nobody knows what was made here. "
                f"Publish into a new folder, and put it in the place of {folder}."
            )
        if folder.is_dir() and not self.manifest and not all(map(_is_of_a_host, folder.iterdir())):
            raise PublishError(
                f"{folder} holds other things, and was not made here. "
                "Name an empty folder, or a new one."
            )
        if not folder.absolute().parent.is_dir():
            raise PublishError(
                f"There is no folder {folder.absolute().parent} to make {folder.name} in. "
                "Make it first."
            )

    def refuse_other_council(self, council: str) -> None:
        """Raise PublishError if the site of another council was published here.

        Its dataset names it, as that is also in directories that were published long ago.
        """
        before = None
        with suppress(OSError, ValueError):
            data = (self.folder / DATASET[1:]).read_bytes()
            before = msgspec.json.decode(data, type=_Council).council if self.manifest else None
        if before is not None and before != council:
            raise PublishError(
                f"{self.folder} holds the site of {visible(before)}, and this is the site of "
                f"{visible(council)}. Probably OUTCOME_CONTENT is not set, or to another folder: "
                "the first line says which content this is, and README.md how to set it in .env. "
                "If you mean it, or the council has a new name: add --other-council."
            )

    @cached_property
    def files(self) -> dict[str, tuple[int, str]]:
        """The mode and SHA-256, as they are now, of each file that was made here."""
        return fingerprints(self.folder, self.manifest.files if self.manifest else ())

    def is_whole(self, name: str) -> bool:
        """Return whether a file that was made here is as it was made."""
        return self.manifest is not None and (
            self.files.get(name, (0, ""))[1] == self.manifest.files.get(name)
        )

    @cached_property
    def others(self) -> list[str]:
        """The paths of what was not made here, such as .git or CNAME; directories before theirs."""
        made = [Path(name) for name in (MARK, *(self.manifest.files if self.manifest else ()))]
        ours = {*made, *(parent for path in made for parent in path.parents)}
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*"))
        return sorted(path.as_posix() for path in found if path not in ours)

    def hand_over(self, fresh: Path) -> None:
        """Copy this directory's rights, and what in it was not made here, to a fresh directory.

        Files become hard links: so nothing is missing before the directories are exchanged, and a
        failure loses nothing. Raise PublishError if a file of the site has the name of such a file,
        or if another run has published here meanwhile: its files would count as not made here.
        """
        if _mark(self.folder) != self._mark:
            raise PublishError("Another publish ended meanwhile. Publish again.")
        if not self.folder.is_dir():
            return
        folders = []
        for name in self.others:
            source, target = self.folder / name, fresh / name
            is_folder = source.is_dir() and not source.is_symlink()
            if target.exists() and not (is_folder and target.is_dir()):
                if self.manifest and not self.manifest.files:
                    continue  # made here before the manifest told the files
                raise PublishError(
                    f"{source} was not made here, and the site has something of that name. "
                    "Move yours away."
                )
            if is_folder:
                target.mkdir(parents=True, exist_ok=True)
                folders.append(name)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(source, target)
        for name in reversed(folders):
            _take_rights(fresh / name, self.folder / name)
        # The mode of a folder that was made for this may come from a strict umask.
        _take_rights(fresh, self.folder, with_mode=self.manifest is not None)


def _mark(folder: Path) -> bytes:
    """Return what marks a published directory; nothing if it is not there."""
    with suppress(OSError):
        return (folder / MARK).read_bytes()
    return b""


def _manifest(folder: Path, mark: bytes) -> Manifest | None:
    with suppress(ValueError):
        return msgspec.json.decode(mark, type=Manifest)
    with suppress(ValueError):
        # The form until November 2026, beside a dataset: it did not tell the files.
        offline = msgspec.json.decode(mark, type=dict[str, str])
        return Manifest(offline, {}) if (folder / DATASET[1:]).is_file() else None
    return None


def _is_of_a_host(path: Path) -> bool:
    """Return whether this is what a host needs before the first publish, as GitHub Pages does."""
    return path.name.startswith(".") or path.name == "CNAME"


def fingerprints(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return the mode and SHA-256 of each of these files that is there."""
    paths = {name: folder / name for name in names}
    return {
        name: (stat.S_IMODE(path.stat().st_mode), hashlib.sha256(path.read_bytes()).hexdigest())
        for name, path in paths.items()
        if path.is_file()
    }


def _link(source: Path, target: Path) -> None:
    if not source.is_symlink():
        try:
            target.hardlink_to(source)
        except OSError as error:  # some file systems have no hard links
            if error.errno == errno.EXDEV:  # it would stay with the old directory, and be deleted
                raise PublishError(
                    f"{source} is in a mounted folder, which cannot be taken over. "
                    "Mount it elsewhere, and let the server find it there."
                ) from None
        else:
            return
    shutil.copy2(source, target, follow_symlinks=False)


def _take_rights(path: Path, model: Path, *, with_mode: bool = True) -> None:
    """Set the owner, group and mode of a directory to those of another, where one may."""
    status = model.stat()
    if sys.platform != "win32":
        try:
            os.chown(path, status.st_uid, status.st_gid)
        except PermissionError:
            return  # a mode that is meant for another group could lock readers out
    if with_mode:
        path.chmod(stat.S_IMODE(status.st_mode))


def open_to_readers(path: Path) -> None:
    """Let everybody read a file, or a directory and all in it, as a server must: see umask(2)."""
    for each in (path, *path.rglob("*")):
        with suppress(PermissionError):  # some file systems have no modes
            each.chmod(0o755 if each.is_dir() else 0o644)
