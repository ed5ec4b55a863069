"""A file is written whole or not at all, and keeps what people and machines gave it."""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from inspection_outcome.i18n import lock
from inspection_outcome.report.files import FileError, write_whole


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o022, 0o077], ids=["umask 022", "umask 077"])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.usefixtures("_umask")
def test_what_is_written_can_be_read_whatever_the_umask(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    old, new = tmp_path / "old.toml", tmp_path / "cs" / "LC_MESSAGES" / "messages.po"
    old.touch()
    old.chmod(0o640)
    write_whole(old, "x = 1")
    write_whole(new, "")

    assert mode(old) == 0o640
    assert [mode(path) for path in (new, new.parent, new.parent.parent)] == [0o664, 0o2775, 0o2775]
    tmp_path.chmod(0o755)
    write_whole(tmp_path / "own.toml", "")
    assert mode(tmp_path / "own.toml") == 0o644


def test_a_file_system_without_modes_takes_new_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: FAT refuses a mode that it cannot store."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    write_whole(tmp_path / "cs" / "messages.po", "new")

    assert (tmp_path / "cs" / "messages.po").read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such owners")
@pytest.mark.parametrize("may", [True, False])
def test_a_file_keeps_its_owner_or_at_least_its_group(
    may: bool,  # noqa: FBT001 (pytest passes it by name)
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Simulated, as only root may give a file away."""
    given: list[tuple[int, int]] = []

    def chown(_: Path, owner: int, group: int) -> None:
        if owner != -1 and not may:
            raise PermissionError(1, "Operation not permitted")
        given.append((owner, group))

    monkeypatch.setattr(os, "chown", chown)
    path = tmp_path / "x.toml"
    write_whole(path, "x = 1")  # a new one: as the folder
    write_whole(path, "x = 2")

    owner = path.stat().st_uid if may else -1
    assert given == [(owner, tmp_path.stat().st_gid), (owner, path.stat().st_gid)]
    assert path.read_text(encoding="utf-8") == "x = 2"


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    shared, here = tmp_path / "shared" / "messages.po", tmp_path / "here" / "messages.po"
    for path in (shared, here):
        path.parent.mkdir()
    shared.write_text("old", encoding="utf-8")
    here.symlink_to("../shared/messages.po")

    write_whole(here, "new")

    assert here.is_symlink()
    assert shared.read_text(encoding="utf-8") == "new"
    assert [path.name for path in here.parent.iterdir()] == ["messages.po"]


@pytest.mark.parametrize(
    ("at", "number", "does"),
    [
        ("os.fsync", errno.ENOSPC, "Make room on the disk"),
        ("os.fsync", errno.EDQUOT, "Make room on the disk"),
        ("tempfile.mkstemp", errno.EROFS, "work on a copy elsewhere"),
        ("tempfile.mkstemp", errno.EACCES, "See that you may write in its folder"),
        ("pathlib.Path.replace", errno.EBUSY, "mount its folder instead"),
        ("pathlib.Path.replace", errno.EACCES, "close it in other programs"),
        ("os.fsync", errno.EIO, "Look at the disk"),
    ],
    ids=["full", "quota", "read-only", "not allowed", "mounted alone", "open on Windows", "broken"],
)
def test_what_cannot_be_written_is_told_and_nothing_is_lost(
    at: str, number: int, does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: disks and mounts like these cannot be had everywhere."""
    path = tmp_path / "x.toml"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(at, fail)

    told = f"{path} cannot be written: {os.strerror(number)}. What was there is still there. "
    with pytest.raises(FileError, match=re.escape(told)) as refused:
        write_whole(path, "new")
    assert does in str(refused.value)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    """For example, by OUTCOME_LAST_GOOD=/dev/null, for root."""
    os.mkfifo(tmp_path / "null")

    with pytest.raises(FileError, match="is not a plain file"):
        write_whole(tmp_path / "null", b"")
    assert (tmp_path / "null").is_fifo()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists open files in /proc")
def test_a_file_is_closed_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows neither renames an open file nor replaces one."""
    replace = Path.replace

    def as_on_windows(self: Path, target: Path) -> Path:
        still_open = {entry.resolve() for entry in Path("/proc/self/fd").iterdir()}
        assert not still_open & {self.resolve(), target.resolve()}
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", as_on_windows)

    (tmp_path / "x.toml").touch()
    write_whole(tmp_path / "x.toml", "x = 1")

    assert (tmp_path / "x.toml").read_text(encoding="utf-8") == "x = 1"


def test_what_a_killed_process_left_is_cleared_up_and_nothing_else(tmp_path: Path) -> None:
    """What another process writes at this moment stays, and so does all of other files."""
    old = time.time() - 3700
    names = [".x.po.abcdefgh.part", ".x.po.new.part", ".y.po.abcdefgh.part", "x.po.part", ".x.po~"]
    for name in names:
        (tmp_path / name).write_bytes(b"half")
        if "new" not in name:
            os.utime(tmp_path / name, (old, old))

    write_whole(tmp_path / "x.po", "whole")

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names[1:], "x.po"])


def test_a_temporary_file_is_one_that_git_ignores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is hidden, so that nothing here reads it."""
    seen: list[str] = []

    def killed(_: int) -> None:
        seen.extend(path.name for path in tmp_path.iterdir())
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "x.po", "whole")

    ignored = (Path(__file__).parents[2] / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert [any(fnmatch(name, each) for each in ignored) for name in [*seen, lock.FILE]] == [
        True
    ] * 2
