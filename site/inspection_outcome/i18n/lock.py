"""One command at a time changes the translations: each waits for the one before it.

The lock is the operating system's, on a hidden file beside the translations. So it ends with its
process, however that ends. The file stays: to delete it would let two processes lock two files.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path

from inspection_outcome.report.errors import visible
from inspection_outcome.report.files import FileError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = ".lock"
LONGEST_WAIT = 10.0  # seconds: a command holds the lock for less than one
_PAUSE = 0.05  # seconds
_FAR = 1_000_000
"""The byte that is locked on Windows. It is after the text, which others may then read."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let only one process at a time run the block, for one translations directory.

    Raise FileError, with the process that has the lock, if it does not become free. Where no lock
    can be had, such as in a directory that can only be read, the block runs without.
    """
    try:
        # A link could lead to a file that is none of ours, and would be overwritten.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(folder / FILE, flags, 0o666)
    except OSError:
        yield
        return
    with suppress(OSError):  # for others who may write there; only its owner can
        (folder / FILE).chmod(0o666)
    with os.fdopen(descriptor, "r+", encoding="utf-8", errors="replace") as file:
        until = time.monotonic() + LONGEST_WAIT
        while not _take(descriptor):
            if time.monotonic() > until:
                raise FileError(
                    f"Another command is at work on {folder}: {visible(file.read(99).strip())}",
                    "Wait until it has ended, or end it. Then do this again.",
                )
            time.sleep(_PAUSE)
        with suppress(OSError):  # a full disk: this is for people alone
            os.ftruncate(descriptor, 0)
            os.write(
                descriptor, f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}\n".encode()
            )
        yield


def _take(descriptor: int) -> bool:
    """Take the lock of an open file; closing the file ends it. Return whether it was free."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # any other number: this file system has no locks
        return error.errno not in {EACCES, EAGAIN, EDEADLK}
    finally:
        os.lseek(descriptor, 0, os.SEEK_SET)
    return True
