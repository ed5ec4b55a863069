"""Files of content and translations: untrusted when they are read, and written atomically."""

import os
import stat
import tempfile
from pathlib import Path

LARGEST = 1_000_000
"""Maximum size in bytes of a file that is read; the largest shipped file has 170,000."""


class FileError(Exception):
    """Raised for a file that is refused: why (`problem`), and what to do about it (`remedy`)."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Return the text of a regular file of at most LARGEST bytes.

    Raise FileError for any other file (a FIFO would block for ever, a device has no end), OSError
    for one that cannot be opened, UnicodeDecodeError for one in another encoding.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileError("it is not a plain file", "Take it away, and put a plain file there.")
    if status.st_size > LARGEST:
        problem = f"it has {status.st_size:,} bytes, and at most {LARGEST:,} are read"
        raise FileError(problem, "Take out what does not belong there.")
    return path.read_text(encoding)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file atomically, by renaming a temporary file in the same directory.

    Readers, and an interrupted write, find either the old file or the new one. A string is written
    as UTF-8.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode if path.exists() else 0o644
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
        fresh.replace(path)  # Windows renames only a closed file
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
