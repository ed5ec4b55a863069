"""Files of content and translations: found, read (they are untrusted), and written atomically."""

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from errno import EACCES, EBUSY, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path

LARGEST = 1_000_000
"""Maximum size in bytes of a file that is read; the largest shipped file has 170,000."""
BOM = "\ufeff"
"""The byte order mark with which some editors, such as Notepad, begin a text in UTF-8."""
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)")
_MOST_TOLD = 12  # lines of a merge conflict
_REMEDIES = {
    ENOSPC: "Make room on the disk, and do it again.",
    EDQUOT: "Make room on the disk, and do it again.",
    EROFS: "Its disk can only be read: work on a copy elsewhere.",
    EBUSY: "It is mounted by itself, so nothing can take its place: mount its folder instead.",
    EACCES: "See that you may write in its folder, and close it in other programs.",
    EPERM: "See that you may write in its folder, and close it in other programs.",
}


class FileError(OSError):
    """Raised for a file that is refused: why (`problem`), and what to do about it (`remedy`)."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")
        self.problem = problem
        self.remedy = remedy


def find(folder: Path, *endings: str) -> Iterator[str]:
    """Yield the path of everything below a directory whose name has one of the endings.

    Hidden files and directories belong to programs, not to authors: `.git`, the lock `.#home.toml`
    of Emacs, `._home.toml` of macOS, `..data` of a Kubernetes ConfigMap. They are left out. A link
    to a directory is followed if it is in `folder` itself, as those of a ConfigMap are; further
    down it could lead back, and so on for ever. Raise OSError for a directory that cannot be read.
    """

    def fail(error: OSError) -> None:
        raise error

    top = str(folder)
    for parent, subfolders, files in os.walk(top, onerror=fail, followlinks=True):
        for name in (*subfolders, *files):
            if name.endswith(endings) and not name.startswith("."):
                yield f"{parent}/{name}"
        subfolders[:] = [
            name
            for name in subfolders
            if not name.startswith(".")
            # os.path, as this runs four times a second, and pathlib takes three times as long
            and (parent == top or not os.path.islink(f"{parent}/{name}"))  # noqa: PTH114
        ]


def read_text(path: Path, encoding: str = "utf-8", newline: str | None = None) -> str:
    """Return the text of a regular file of at most LARGEST bytes. `newline`: as for `open`.

    Raise FileError for any other file (a FIFO would block for ever, a device has no end), OSError
    for one that cannot be opened, UnicodeDecodeError for one in another encoding.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileError("it is not a plain file", "Take it away, and put a plain file there.")
    if status.st_size > LARGEST:
        problem = f"it has {status.st_size:,} bytes, and at most {LARGEST:,} are read"
        raise FileError(problem, "Take out what does not belong there.")
    with path.open(encoding=encoding, newline=newline) as file:
        return file.read()


def conflict(text: str) -> str:
    """Return the numbers, from 1, of the lines that mark a merge conflict, like '3, 5, 7'.

    Empty if git left none. A row of = alone is none.
    """
    lines = text.split("\n")
    if not any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in lines):
        return ""
    marks = [str(number) for number, line in enumerate(lines, 1) if _MARK.match(line)]
    return ", ".join(marks[:_MOST_TOLD]) + (" …" if len(marks) > _MOST_TOLD else "")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file atomically, by renaming a temporary file in the same directory.

    Readers, and an interrupted write, find either the old file or the new one. A string is written
    as UTF-8. Of a link, the file that it leads to is written. A file keeps its mode and, where the
    process may set them, its owner and group; a new one has them as its directory suggests,
    whatever the umask. Raise FileError, with the path, if it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        _make_folder(path.parent)
        # Not Path.resolve, which raises RuntimeError for a loop of links until Python 3.13.
        _replace(Path(os.path.realpath(path)), data)
    except FileError:
        raise
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "Look at the disk, and do it again.")
        problem = f"{path} cannot be written: {error.strerror or error}"
        raise FileError(f"{problem}. What was there is still there", remedy) from error


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        raise FileError(f"{path} is not a plain file", "Name another, or take it away.")
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copystat(path, fresh)  # also access control lists, and what SELinux needs
            os.utime(fresh)
            _own(fresh, path.stat())
        else:
            _take_after_folder(fresh, 0o644)
        fresh.replace(path)  # Windows renames only a closed file
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _take_after_folder(folder, 0o755)


def _take_after_folder(path: Path, mode: int) -> None:
    """Set the mode of a new file or directory; its owner, and a group's rights, as its parent has.

    So what root adds for others can be changed by them, and a web server may read what is written
    under a umask of 077.
    """
    parent = path.parent.stat()
    with suppress(PermissionError):  # a file system without modes, such as a USB stick's
        path.chmod(mode | parent.st_mode & (stat.S_IWGRP | (path.is_dir() and stat.S_ISGID)))
    _own(path, parent)


def _own(path: Path, like: os.stat_result) -> None:
    """Give a file the owner and group that another has, or its group alone, or neither."""
    if sys.platform != "win32":
        for owner in (like.st_uid, -1):
            with suppress(OSError):
                os.chown(path, owner, like.st_gid)
                return
