"""Only regular files of limited size are opened.

Anything else is reported, and the last good edition stays.
"""

import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from inspection_outcome.edition import Folders
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.po_file import CatalogueError
from inspection_outcome.report.files import LARGEST, write_whole
from inspection_outcome.report.toml import Reader
from inspection_outcome.store import EditionStore


def _replace(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return a function that removes what is at a path and makes something else there."""

    def spoil(path: Path) -> None:
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)
        make(path)

    return spoil


def _link_to_fifo(path: Path) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to(path.with_name("fifo"))


SPOIL: dict[str, tuple[Callable[[Path], None], str]] = {
    "a FIFO": (_replace(os.mkfifo), "it is not a plain file"),
    "a link to a FIFO": (_replace(_link_to_fifo), "it is not a plain file"),
    "a device": (_replace(lambda path: path.symlink_to("/dev/zero")), "it is not a plain file"),
    "a folder": (_replace(Path.mkdir), "it is not a plain file"),
    "large": (
        _replace(lambda path: path.write_bytes(b"#" * (LARGEST + 1))),
        "bytes, and at most 1,000,000 are read",
    ),
}


def soon(do: Callable[[], object]) -> None:
    """Call a function in a thread, and fail if it hangs for a minute."""
    doing = threading.Thread(target=do, daemon=True)
    doing.start()
    doing.join(timeout=60)
    assert not doing.is_alive(), "it hangs"


@pytest.mark.parametrize(
    "name", ["content/more.toml", "content/home.toml", "languages/languages.toml"]
)
def test_what_is_no_plain_file_is_told_and_the_last_good_edition_stays(
    name: str, small: Path, english: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    languages = shutil.copytree(english, tmp_path / "languages")
    store = EditionStore(Folders(small, languages), settle=lambda: None)
    good = store.current()
    for what, (spoil, problem) in SPOIL.items():
        caplog.clear()
        spoil(tmp_path / name)
        soon(store.refresh)

        assert store.current() is good
        assert problem in caplog.text, what
        assert Path(name).name in caplog.text, what


def test_a_catalogue_that_is_no_plain_file_is_told(tmp_path: Path) -> None:
    path = po_file.path_of(tmp_path, pseudo_locales.LONG)
    path.parent.mkdir(parents=True)
    told: list[str] = []

    def read() -> None:
        try:
            po_file.read(path, pseudo_locales.LONG)
        except CatalogueError as error:
            told.append(str(error))

    for spoil, _ in SPOIL.values():
        spoil(path)
        soon(read)
    assert [
        problem
        for (_, problem), says in zip(SPOIL.values(), told, strict=True)
        if problem not in says
    ] == []


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (HEADER + "# x\n" * 5000, "over 1,000 lines begins at line 5"),
        (HEADER + "# x\n\n" * 5000, "over 1,000 lines begins at line 5"),
        (
            HEADER + 'msgctxt "a"\nmsgid "b"\nmsgstr ""\n' + '"x"\n' * 5000,
            "over 1,000 lines begins at line 8",
        ),
        (
            HEADER + '#~ msgid "b"\n#~ msgstr ""\n' + '#~ "x"\n' * 5000,
            "over 1,000 lines begins at line 7",
        ),
        (HEADER + 'msgid "b"\nmsgstr "' + "x\\n" * 5000 + '"\n', "over 1,000 lines begins at line"),
    ],
    ids=["comment", "comment with gaps", "text", "text out of use", "escaped"],
)
def test_text_that_a_parser_would_join_for_minutes_is_told(
    lines: str, problem: str, tmp_path: Path
) -> None:
    path = po_file.path_of(tmp_path, pseudo_locales.LONG)
    path.parent.mkdir(parents=True)
    path.write_text(lines, encoding="utf-8")

    with pytest.raises(CatalogueError, match=problem):
        po_file.read(path, pseudo_locales.LONG)


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("a." * 20_000 + "a = 1", "line 1 has more than 50 full stops"),
        ("a = " + "[" * 5_000, "it cannot be read"),
        ("a = " + "1" * 5_000, "it cannot be read"),
    ],
    ids=["dots", "brackets", "digits"],
)
def test_toml_that_a_parser_would_choke_on_is_told(toml: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(toml, encoding="utf-8")
    reader = Reader(path.name)

    assert reader.parse(path) is None
    assert problem in str(reader.faults[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists open files in /proc")
def test_a_file_is_closed_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not rename an open file."""
    replace = Path.replace

    def as_on_windows(self: Path, target: Path) -> Path:
        still_open = [entry.resolve() for entry in Path("/proc/self/fd").iterdir()]
        assert self.resolve() not in still_open
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", as_on_windows)

    write_whole(tmp_path / "x.toml", "x = 1")

    assert (tmp_path / "x.toml").read_text(encoding="utf-8") == "x = 1"
