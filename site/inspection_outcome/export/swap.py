"""Atomic exchange of directories, and what is left beside them if it is interrupted."""

import ctypes
import errno
import glob
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from inspection_outcome.export.errors import PublishError

_HERE = -100  # AT_FDCWD: a relative path starts at the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE
_OLD = ".old"
_LONGEST = 3600
"""Seconds after which a directory beside is no longer that of a run that goes on."""


def beside(folder: Path) -> Path:
    """Return a new directory beside this one, so that they can be exchanged.

    Raise PublishError if nothing can be made there.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    except OSError as error:
        raise PublishError(
            f"The new folder is made beside the old one, and nothing can be made in "
            f"{folder.parent}: {error.strerror}. Name a folder in one that you may write in."
        ) from None


def _prefix(folder: Path) -> str:
    return f".{folder.name}.publishing-"


def clear_up(folder: Path, *, alone: bool = False) -> None:
    """Remove what runs that were killed left beside a directory.

    If one was killed while the directory was away, put it back. `alone`: whether no other run can
    be going on; else what is younger than an hour stays.
    """
    left = sorted(folder.parent.glob(f"{glob.escape(_prefix(folder))}*"))
    for path in left:
        if path.name.endswith(_OLD) and not folder.exists():
            path.rename(folder)
        elif alone or time.time() - path.stat().st_mtime > _LONGEST:
            shutil.rmtree(path, ignore_errors=True)


def swap(fresh: Path, folder: Path) -> None:
    """Atomically exchange two directories, so that a reader never meets none, or half of each.

    Without `folder`, only rename `fresh`. Linux exchanges in one step (renameat2(2)); where it
    cannot, there is an instant without `folder`. Raise PublishError for a mount point, and OSError
    if a directory cannot be moved.
    """
    if not folder.exists():
        fresh.rename(folder)
        return
    if _exchange(fresh, folder):
        return
    old = fresh.with_name(f"{fresh.name}{_OLD}")
    try:
        folder.rename(old)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        raise PublishError(
            f"{folder} is a mount point, such as a volume of Docker, and cannot be exchanged. "
            f"Name a folder inside it, like {folder / 'site'}, and make that the server's root."
        ) from None
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    old.rename(fresh)


def _exchange(fresh: Path, folder: Path) -> bool:
    """Exchange two directories in one step; return False where the system cannot."""
    if sys.platform == "win32":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    renameat2 = getattr(libc, "renameat2", None)  # glibc since 2.28
    paths = (_HERE, os.fsencode(fresh), _HERE, os.fsencode(folder))
    return renameat2 is not None and not renameat2(*paths, _EXCHANGE)
