"""Atomic exchange of directories."""

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: a relative path starts at the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE


def swap(fresh: Path, folder: Path) -> None:
    """Atomically exchange two directories, so that a reader never meets none, or half of each.

    Without `folder`, only rename `fresh`. Linux exchanges in one step (renameat2(2)); where it
    cannot, there is an instant without `folder`. Raise OSError if a directory cannot be moved, such
    as a mount point.
    """
    if not folder.exists():
        fresh.rename(folder)
        return
    if _exchange(fresh, folder):
        return
    old = fresh.with_name(f"{fresh.name}.old")
    folder.rename(old)
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
