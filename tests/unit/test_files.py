"""Which files are found, read and refused.

Only regular files of limited size are opened. Anything else is reported, and the last good edition
stays.
"""

import codecs
import itertools
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from inspection_outcome.edition import Edition, Folders
from inspection_outcome.i18n import languages, new_language, po_file
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.report import load
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import LARGEST, conflict, find
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


CONFLICT = """title = "Home"
<<<<<<< HEAD
a = 1
||||||| before
a = 0
=======
a = 2
>>>>>>> theirs
"""


@pytest.mark.parametrize(
    "toml",
    [
        CONFLICT,
        CONFLICT.replace("\n", "\r\n"),
        'text = """' + CONFLICT + '"""',
        CONFLICT.replace("||||||| before\na = 0\n", "\n\n"),
    ],
    ids=["with what was before", "Windows", "in a text", "plain"],
)
def test_a_merge_conflict_in_toml_is_told_with_its_lines(toml: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(toml.encode())
    reader = Reader(path.name)

    assert reader.parse(path) is None
    lines = "2, 4, 6, 8" if "|||||||" in toml else "2, 6, 8"
    assert [fault.problem for fault in reader.faults] == [
        f"git left a merge conflict in lines {lines}"
    ]
    assert reader.faults[0].remedy.endswith(f"Then: git add {path}")
    # what the remedy says: keep the right lines, and delete the others and the marks
    kept = [line for line in toml.splitlines() if not line.startswith(("<", "|", "=", ">", "a = "))]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert reader.parse(path) is not None


def test_a_row_of_equals_signs_in_a_text_is_no_conflict() -> None:
    assert conflict('text = """\nA heading\n=======\n"""') == ""


def test_a_mark_that_is_left_alone_is_one_line() -> None:
    assert conflict("<<<<<<< HEAD\n") == "line 1"


def test_many_conflicts_are_not_all_told() -> None:
    assert conflict(CONFLICT * 99).endswith(", 22, 24 …")


HIDDEN = {
    "._home.toml": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X\xff",
    ".home.toml": b"[[",
    ".home.toml.swp": b"b0VIM",
    "home.toml~": b"[[",
    "#home.toml#": b"[[",
    "..2026_11_28/report.toml": b"[[",
    ".git/more.toml": b"[[",
    "for/.hidden/more.toml": b"[[",
}


def test_hidden_files_and_backups_are_neither_read_nor_watched(small: Path, english: Path) -> None:
    """Of Emacs, Vim, macOS, git and Kubernetes."""
    (small / "for").mkdir()
    report, state = load.load(small), Folders(small, english).state()
    for name, body in HIDDEN.items():
        (small / name).parent.mkdir(exist_ok=True)
        (small / name).write_bytes(body)
    (small / ".#help.toml").symlink_to("somebody@computer.1234:1700000000")

    assert load.load(small) == report
    assert Folders(small, english).state() == state


def mount(kept: Path, volume: Path, version: str) -> None:
    """Mount a folder as Kubernetes does a ConfigMap, or swap in another version of it.

    Each name is a link through `..data`, which is itself a link, and exchanged in one step.
    """
    shutil.copytree(kept, volume / version)
    (volume / "..new").symlink_to(version)
    (volume / "..new").rename(volume / "..data")
    for name in {path.name for path in kept.iterdir()}:
        if not (volume / name).is_symlink():
            (volume / name).symlink_to(f"..data/{name}")


def test_a_mounted_config_map_is_read_and_followed(tmp_path: Path) -> None:
    kept = {name: tmp_path / f"kept-{name}" for name in ("content", "translations")}
    shutil.copytree(pseudo_locales.NORTHMARSH, kept["content"])
    messages = pseudo_locales.messages(kept["content"])
    pseudo_locales.folder(kept["translations"], (pseudo_locales.LONG,), messages)
    for name, folder in kept.items():
        mount(folder, tmp_path / name, "..1")
    folders = Folders(tmp_path / "content", tmp_path / "translations")
    store = EditionStore(folders, settle=lambda: None)
    said = pseudo_locales.translate("For care leavers", pseudo_locales.LONG)

    def changed(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def shown(tag: str) -> str:
        return store.current().renderer.page("for/care-leavers", tag)

    assert load.load(folders.content) == load.load(kept["content"])
    assert said in shown("qaa")
    changed(kept["content"] / "for" / "care-leavers.toml", "if you have been in", "after")
    mount(kept["content"], folders.content, "..2")
    store.refresh()
    assert "What the inspection means for you after care." in shown("en")
    changed(po_file.path_of(kept["translations"], pseudo_locales.LONG), said, "Náapráawdęę")
    mount(kept["translations"], folders.translations, "..2")
    store.refresh()
    assert "Náapráawdęę" in shown("qaa")


def test_links_that_lead_back_are_not_followed_for_ever(small: Path) -> None:
    (small / "for").mkdir()
    (small / "for" / "loop").symlink_to(small)
    (small / "up").symlink_to(small.parent)

    found = sorted(itertools.islice(find(small, ".toml"), 20))
    assert found[:3] == [f"{small}/{name}.toml" for name in ("help", "home", "report")]
    assert len(found) == 6  # and those in content/up/content


def test_nothing_is_looked_for_in_big_folders_beside_the_catalogues(
    small: Path, english: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`node_modules` or `.git` may hold 60,000 files, and this happens four times a second."""
    translations = shutil.copytree(english, tmp_path / "po")
    for name in ("node_modules/some/deep", ".git/objects/aa"):
        (translations / name).mkdir(parents=True)
        (translations / name / "messages.po").touch()
    (small / ".git" / "objects").mkdir(parents=True)
    scandir, listed = os.scandir, set[str]()

    def noted(path: str) -> object:
        listed.add(os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", noted)
    Folders(small, translations).state()

    assert str(small) in listed
    assert [path for path in listed if "node_modules" in path or ".git" in path] == []


def test_a_folder_that_cannot_be_listed_is_told_and_loses_no_page(
    small: Path, english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated by a patch, as tests that run as root may list every folder."""
    (small / "for").mkdir()
    store = EditionStore(Folders(small, english), settle=lambda: None)
    state, scandir = Folders(small, english).state(), os.scandir

    def refuse(path: str) -> object:
        if path.endswith("/for"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)

    assert Folders(small, english).state() != state
    with pytest.raises(ContentError, match=r"^for: it cannot be opened: Permission denied\n"):
        load.load(small)
    good = store.current()
    store.refresh()
    assert store.current() is good


@pytest.mark.parametrize("name", ["content/home.toml", "content/report.toml", "po/languages.toml"])
def test_a_byte_order_mark_is_read_as_if_it_were_not_there(
    name: str, small: Path, english: Path, tmp_path: Path
) -> None:
    folders = Folders(small, Path(shutil.copytree(english, tmp_path / "po")))
    before = Edition.read(folders)
    (tmp_path / name).write_bytes(codecs.BOM_UTF8 + (tmp_path / name).read_bytes())

    after = Edition.read(folders)
    assert (after.report, after.catalogues) == (before.report, before.catalogues)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_new_line_in_the_list_of_languages_changes_nothing_else(
    mark: bytes, end: str, english: Path, tmp_path: Path
) -> None:
    path = tmp_path / languages.FILE
    lines = (english / languages.FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    before = [line.replace("\n", end).encode() for line in lines]
    path.write_bytes(mark + b"".join(before))

    new_language.enlist(path, languages.Language("lt", "Lietuvių", shown=False))

    new = f'  {{ tag = "lt", name = "Lietuvių", shown = false }},{end}'.encode()
    assert path.read_bytes() == mark + b"".join([*before[:-1], new, before[-1]])
    assert [language.tag for language in languages.load(tmp_path)] == ["en", "lt"]
