"""Files of content and translations: found, read (they are untrusted), and written atomically."""

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from errno import EACCES, EBUSY, EDQUOT, EFBIG, EIO, ENOSPC, EPERM, EROFS
from glob import escape
from pathlib import Path

LARGEST = 1_000_000
"""Maximum size in bytes of a file that is read; the largest shipped file has 170,000."""
BOM = "\ufeff"
"""The byte order mark with which some editors, such as Notepad, begin a text in UTF-8."""
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)")
_MOST_TOLD = 12  # lines of a merge conflict
_UNDER_WAY = ".part"
"""The end of a temporary file's name; `.gitignore` has it, too."""
_ABANDONED = 3600  # seconds after which a temporary file is one that a killed process left
_REMEDIES = {
    ENOSPC: "Make room on the disk, and do it again.",
    EDQUOT: "Make room on the disk, and do it again.",
    EFBIG: "Make room on the disk, and do it again.",
    EIO: "Look at the disk, and do it again.",
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


def of_disk(error: BaseException | None) -> FileError | None:
    """Return an error of the disk, such as a full one, with what to do; None for any other."""
    if not isinstance(error, OSError) or error.errno not in _REMEDIES:
        return None
    where = f"{error.filename}: " if error.filename else ""
    return FileError(f"{where}{error.strerror}", _REMEDIES[error.errno])


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
            and (parent == top or not os.path.islink(f"{parent}/{name}"))  # noqa: PTH114 (as above)
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
    """Return which lines, from 1, mark a merge conflict, like 'line 3' or 'lines 3, 5, 7'.

    Empty if git left none. A row of = alone is none.
    """
    lines = text.split("\n")
    if not any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in lines):
        return ""
    marks = [str(number) for number, line in enumerate(lines, 1) if _MARK.match(line)]
    told = ", ".join(marks[:_MOST_TOLD]) + (" …" if len(marks) > _MOST_TOLD else "")
    return f"line{'s' if len(marks) > 1 else ''} {told}"


def stamp(path: Path) -> tuple[int, ...]:
    """Return the file's inode, size, mtime and ctime, which change when the file does.

    Empty if the file's status cannot be read.
    """
    try:
        status = path.stat()
    except OSError:
        return ()
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def write_whole(path: Path, content: str | bytes, since: tuple[int, ...] | None = None) -> bool:
    """Write a file atomically, by renaming a temporary file in the same directory.

    With `since`, the stamp that the file had when it was read: return False, and write nothing, if
    it has been changed. This is looked at just before the renaming.

    Readers, and an interrupted write, find either the old file or the new one. A string is written
    as UTF-8. Of a link, the file that it leads to is written. A file keeps its mode and, where the
    process may set them, its owner and group; a new one has them as its directory suggests,
    whatever the umask. Raise FileError, with the path, if it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        make_folder(path.parent)
        # Not Path.resolve, which raises RuntimeError for a loop of links until Python 3.13.
        return _replace(Path(os.path.realpath(path)), data, since)
    except FileError:
        raise
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "Look at the disk, and do it again.")
        problem = f"{path} cannot be written: {error.strerror or error}"
        raise FileError(f"{problem}. What was there is still there", remedy) from error


def _replace(path: Path, data: bytes, since: tuple[int, ...] | None) -> bool:
    if path.exists() and not path.is_file():
        raise FileError(f"{path} is not a plain file", "Name another, or take it away.")
    _clear_up(path)
    descriptor, name = tempfile.mkstemp(_UNDER_WAY, f".{path.name}.", path.parent)
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
        unchanged = since is None or since == stamp(path)
        if unchanged:
            fresh.replace(path)  # Windows renames only a closed file
        return unchanged
    finally:
        fresh.unlink(missing_ok=True)  # if it is still there


def _clear_up(path: Path) -> None:
    """Delete what a process left that was killed while it wrote this file."""
    for left in path.parent.glob(f".{escape(path.name)}.*{_UNDER_WAY}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def make_folder(folder: Path) -> None:
    """Make a directory and those above it, if they are not there."""
    if not folder.is_dir():
        make_folder(folder.parent)
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
    """Set the owner and group of a file to those of another, or its group alone, or neither."""
    if sys.platform != "win32":
        for owner in (like.st_uid, -1):
            with suppress(OSError):
                os.chown(path, owner, like.st_gid)
                return
