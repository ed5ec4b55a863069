"""Folders that are swapped in whole."""

import ctypes
import os
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they stand
_EXCHANGE = 2  # RENAME_EXCHANGE


def swap(fresh: Path, folder: Path) -> None:
    """Put a folder in the place of another at once, and that one in its: no reader meets neither, or half of both.

    Linux can do that in one step (renameat2(2)); where it cannot, there is an instant without the folder. Raises
    OSError if a folder cannot be moved, as one that a disk is mounted on.
    """
    if not folder.exists():
        fresh.rename(folder)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    renameat2 = getattr(libc, "renameat2", None)  # glibc since 2.28
    if renameat2 and not renameat2(_HERE, os.fsencode(fresh), _HERE, os.fsencode(folder), _EXCHANGE):
        return
    old = fresh.with_name(f"{fresh.name}.old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    old.rename(fresh)
