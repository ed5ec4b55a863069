"""An edition is complete and immutable.

The edition store moves to the next edition, or keeps the last good one.
"""

import datetime as dt
import errno
import itertools
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pseudo_locales
import pytest
from inspection_outcome import last_good
from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.i18n import po_file
from inspection_outcome.renderer import Renderer
from inspection_outcome.report import files
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.store import EditionStore, Snapshot
from jinja2 import FileSystemBytecodeCache

Spoil = Callable[[str, str, str], Path]
DAY = dt.date(2025, 3, 1)
SAID = pseudo_locales.translate("How good is the help?", pseudo_locales.LONG)
TOML, PO = "inspection_outcome.report.toml.read_text", "inspection_outcome.i18n.po_parse.read_text"


@pytest.fixture
def folders(small: Path, english: Path, tmp_path: Path) -> Folders:
    """Return copies of the small content and the languages, for a test to change."""
    return Folders(small, Path(shutil.copytree(english, tmp_path / "languages")))


@pytest.fixture
def translated(folders: Folders) -> Folders:
    """Return them with a pseudo-language, fully translated."""
    messages = pseudo_locales.messages(folders.content)
    pseudo_locales.folder(folders.translations, (pseudo_locales.LONG,), messages)
    return folders


@pytest.fixture
def store(folders: Folders) -> EditionStore:
    return EditionStore(folders, settle=lambda: None, clock=lambda: DAY)


@pytest.fixture
def themed(folders: Folders, tmp_path: Path) -> Folders:
    """Return them with a copy of the look, for a test to change; its templates compile anew.

    Somebody is editing each part with Emacs, whose locks are links that lead nowhere.
    """
    for part in ("templates", "static", "i18n"):
        shutil.copytree(PACKAGE / part, tmp_path / "theme" / part)
    for lock in ("templates/.#base.html", "static/styles/.#1.css", "static/scripts/.#1.js"):
        (tmp_path / "theme" / lock).symlink_to("somebody@computer.1234")
    return replace(folders, theme=tmp_path / "theme")


def wait_for_another(store: EditionStore, snapshot: Snapshot) -> None:
    """Wait until the store has another snapshot than this one; fail if it takes a minute."""
    until = time.monotonic() + 60
    while store.current() is snapshot:
        assert time.monotonic() < until
        time.sleep(0.02)


def edit(path: Path, find: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, new), encoding="utf-8")


def test_a_changed_file_shows_with_the_next_look(store: EditionStore, spoil: Spoil) -> None:
    before = store.current().renderer
    spoil("home.toml", "How good is the help?", "How good is it now?")
    store.refresh()

    assert "How good is it now?" in store.current().renderer.page("home", "en")
    assert "How good is it now?" not in before.page("home", "en")


def test_looks_are_so_close_that_a_change_shows_within_a_second(
    folders: Folders, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it waits for, on a machine of any speed, and that it waits for a slow save."""
    slept: list[float] = []
    sleep, waiter = time.sleep, threading.current_thread()

    def counted(seconds: float) -> None:
        if threading.current_thread() is not waiter:
            slept.append(seconds)
        sleep(seconds)

    store = EditionStore(folders, clock=lambda: DAY)
    good = store.current()
    monkeypatch.setattr(time, "sleep", counted)
    store.watch()
    spoil("home.toml", "How good is the help?", "How good is it now?")
    wait_for_another(store, good)

    looks, settles = max(slept), min(slept)
    assert 0.2 <= settles < looks
    assert looks + settles < 0.5


def test_nothing_is_built_when_nothing_changed(store: EditionStore) -> None:
    before = store.current().edition
    store.refresh()

    assert store.current().edition is before


@pytest.mark.parametrize(
    ("file", "find", "new"),
    [
        ("templates/base.html", "</body>", "<p>New template</p></body>"),
        ("static/styles/1-tokens.css", "--paper: #fffdf8;", "--paper: #fffdf0;"),
        ("i18n/ui.toml", 'text = "Skip the menu"', 'text = "Past the menu"'),
    ],
)
def test_the_look_is_part_of_an_edition(file: str, find: str, new: str, themed: Folders) -> None:
    store = EditionStore(themed, settle=lambda: None)
    before = store.current().renderer
    edit(themed.theme / file, find, new)
    store.refresh()

    after = store.current().renderer

    assert before.page("home", "en") != after.page("home", "en")
    assert (before.edition.theme.style_hashes != after.edition.theme.style_hashes) == file.endswith(
        ".css"
    )


def test_a_broken_change_keeps_the_last_good_edition_and_is_logged_once(
    store: EditionStore, spoil: Spoil, caplog: pytest.LogCaptureFixture
) -> None:
    good = store.current().edition
    spoil("home.toml", "{visit}", "{visits}")

    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            store.refresh()
            assert store.current().edition is good

    assert len(caplog.records) == 1
    assert "home.lead: there is no fact 'visits'" in caplog.text
    assert "Traceback" not in caplog.text


def test_it_recovers_when_the_mistake_is_mended(store: EditionStore, spoil: Spoil) -> None:
    spoil("home.toml", "{visit}", "{visits}")
    store.refresh()
    store.current()
    spoil("home.toml", "came on {visits}", "were here on {visit}")
    store.refresh()

    assert "were here on " in store.current().renderer.page("home", "en")


@pytest.mark.parametrize(
    ("file", "junk"),
    [
        ("templates/base.html", "{% if %}"),
        ("templates/pages/page.html", "{{ nobody }}"),
        ("i18n/ui.toml", "[["),
    ],
)
def test_a_broken_look_keeps_the_last_good_edition(
    file: str, junk: str, themed: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake in a template is found when the edition is built, not by a reader's request."""
    store = EditionStore(themed, settle=lambda: None)
    good = store.current().edition
    (themed.theme / file).write_text(junk, encoding="utf-8")
    store.refresh()

    assert store.current().edition is good
    assert len(caplog.records) == 1


def test_a_file_saved_half_way_keeps_the_last_good_edition(
    small: Path, store: EditionStore
) -> None:
    good = store.current().edition
    path = small / "report.toml"
    whole = path.read_bytes()
    for end in (0, 1, 40, 500):
        path.write_bytes(whole[:end])
        store.refresh()

        assert store.current().edition is good


def test_a_folder_that_vanishes_keeps_the_last_good_edition(
    small: Path, store: EditionStore
) -> None:
    good = store.current().edition
    shutil.rmtree(small)
    store.refresh()

    assert store.current().edition is good


def test_readers_do_not_wait_for_the_next_edition(
    store: EditionStore, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is built, they get the current edition."""
    build, begun, go_on = Renderer.build, threading.Event(), threading.Event()

    def slowly(*of: Any, **named: Any) -> Renderer:
        begun.set()
        go_on.wait(timeout=60)
        return build(*of, **named)

    monkeypatch.setattr(Renderer, "build", slowly)
    good = store.current()
    store.watch()
    spoil("home.toml", "How good is the help?", "How good is it now?")

    assert begun.wait(timeout=60)
    assert store.current() is good
    go_on.set()
    wait_for_another(store, good)
    assert "How good is it now?" in store.current().renderer.page("home", "en")


def test_a_fault_of_a_look_does_not_end_the_watch(
    folders: Folders,
    store: EditionStore,
    spoil: Spoil,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    state, faults = Folders.state, [OSError("no files left to open") for _ in range(3)]

    def fails(self: Folders) -> object:
        if faults and self is folders:  # other tests' threads look, too
            raise faults.pop()
        return state(self)

    monkeypatch.setattr(Folders, "state", fails)
    good = store.current()
    store.watch()
    spoil("home.toml", "How good is the help?", "How good is it now?")
    wait_for_another(store, good)

    assert "How good is it now?" in store.current().renderer.page("home", "en")
    assert [record.message for record in caplog.records] == ["The files could not be looked at"]
    assert "no files left to open" in caplog.text


def test_a_process_that_is_forked_watches_by_itself(
    store: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may load the app once and then fork, and a fork has none of its parent's threads."""
    store.watch()
    monkeypatch.setattr("inspection_outcome.store.os.getpid", lambda: -1)
    before = threading.active_count()
    store.current()
    store.current()

    assert threading.active_count() == before + 1


def test_a_file_that_is_still_being_saved_is_waited_for(
    folders: Folders, spoil: Spoil, caplog: pytest.LogCaptureFixture
) -> None:
    """Half a change may be valid content: it is neither published nor logged as a fault."""
    saves = ["How good is it then?"]

    def go_on() -> None:
        if saves:
            spoil("home.toml", "How good is it now?", saves.pop())

    store = EditionStore(folders, settle=go_on)
    before = store.current()
    spoil("home.toml", "How good is the help?", "How good is it now?")
    store.refresh()

    assert store.current() is before
    store.refresh()
    assert "How good is it then?" in store.current().renderer.page("home", "en")
    assert not caplog.records


def test_files_that_are_saved_all_the_time_are_shown_all_the_same(
    folders: Folders, spoil: Spoil
) -> None:
    """At most eight seconds after an edit: a check takes up to 0.75 s, with a build."""
    saves = itertools.count()

    def save() -> None:
        spoil("help.toml", "[title]", f"# {next(saves)}\n[title]")

    store = EditionStore(folders, settle=save)
    for now, then in (("help?", "help now?"), ("help now?", "help then?")):
        spoil("home.toml", f"How good is the {now}", f"How good is the {then}")
        checks = 0
        while f"How good is the {then}" not in store.current().renderer.page("home", "en"):
            store.refresh()
            checks += 1
            assert checks <= 11


def test_what_stops_being_readable_and_comes_back_is_shown(
    store: EditionStore, small: Path, spoil: Spoil
) -> None:
    """A link that leads nowhere is told, and it is noticed when it goes."""
    (small / "more.toml").symlink_to("nowhere")
    spoil("home.toml", "How good is the help?", "How good is it now?")
    store.refresh()
    assert "How good is the help?" in store.current().renderer.page("home", "en")
    (small / "more.toml").unlink()
    store.refresh()

    assert "How good is it now?" in store.current().renderer.page("home", "en")


def fail_to_read(patch: pytest.MonkeyPatch, module: str, file: str, error: Exception) -> None:
    """Let every read of a file fail, as if by the disk or the network: its `stat` says nothing."""
    read = files.read_text

    def fail(path: Path, *of: Any, **named: Any) -> str:
        if path.name == file:
            raise error
        return read(path, *of, **named)

    patch.setattr(module, fail)


@pytest.mark.parametrize(
    ("module", "file", "error"),
    [
        (TOML, "home.toml", OSError(errno.ESTALE, "Stale file handle")),
        (TOML, "languages.toml", OSError(errno.EMFILE, "Too many open files")),
        (TOML, "report.toml", MemoryError("No memory")),
        (PO, "messages.po", OSError(errno.EIO, "Input/output error")),
    ],
    ids=["share away", "too many files", "no memory", "catalogue"],
)
def test_a_failure_that_leaves_no_trace_in_the_files_is_tried_again(
    module: str,
    file: str,
    error: Exception,
    translated: Folders,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = EditionStore(translated, settle=lambda: None)
    po = po_file.path_of(translated.translations, pseudo_locales.LONG)
    po.write_bytes(po.read_bytes().replace(SAID.encode(), "Náapráawdęę?".encode()))

    def shown() -> str:
        return store.current().renderer.page("home", "qaa")

    with monkeypatch.context() as patch:
        fail_to_read(patch, module, file, error)
        for _ in range(100):  # in 25 seconds
            store.refresh()
        assert SAID in shown()
    assert len(caplog.records) == 1
    checks = 0
    while "Náapráawdęę?" not in shown():
        store.refresh()
        checks += 1
        assert checks <= 240  # within a minute


def test_what_stays_broken_is_built_ever_less_often(
    store: EditionStore, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 1, 2, 4 … seconds, at least once a minute; and at once when a file changes."""
    checks, builds = 0, list[int]()

    def fail(*_: object) -> None:
        builds.append(checks)
        raise ContentError([Fault("home.toml", "", "it is broken", "Mend it.")])

    monkeypatch.setattr(Renderer, "build", fail)
    spoil("home.toml", "How good is the help?", "How good is it now?")
    for checks in range(1000):  # noqa: B007 (fail reads it)
        store.refresh()
    assert builds == [0, 4, 12, 28, 60, 124, 252, 492, 732, 972]
    monkeypatch.undo()
    spoil("home.toml", "How good is it now?", "How good is it then?")
    store.refresh()
    assert "How good is it then?" in store.current().renderer.page("home", "en")


def test_a_catalogue_that_stays_broken_makes_no_new_edition(
    translated: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    """Else every page would be made anew each minute, and the same be logged."""
    store = EditionStore(translated, settle=lambda: None)
    po_file.path_of(translated.translations, pseudo_locales.LONG).write_bytes(b"junk")
    store.refresh()
    current = store.current()
    for _ in range(30):
        store.refresh()

    assert store.current() is current
    assert len(caplog.records) == 1


def test_what_changes_while_an_edition_is_built_is_not_half_in_it(
    folders: Folders, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EditionStore(folders, settle=lambda: None)
    before, build = store.current(), Renderer.build

    def saved_meanwhile(*args: Any, **named: Any) -> Renderer:
        renderer = build(*args, **named)
        monkeypatch.undo()
        spoil("help.toml", "[title]", "# saved later\n[title]")
        return renderer

    spoil("home.toml", "How good is the help?", "How good is it now?")
    monkeypatch.setattr(Renderer, "build", saved_meanwhile)
    store.refresh()

    assert store.current() is before
    store.refresh()
    assert "How good is it now?" in store.current().renderer.page("home", "en")


def test_the_day_changes_with_the_next_look(folders: Folders) -> None:
    next_day = DAY + dt.timedelta(days=1)
    days = [next_day, DAY]
    store = EditionStore(folders, clock=days.pop)
    before = store.current()
    store.refresh()

    after = store.current()

    assert (before.day, after.day) == (DAY, next_day)
    assert after.renderer is before.renderer
    assert after.cache is not before.cache


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of the archive of the last good content."""
    return tmp_path / "last-good.zip"


def start(folders: Folders, file: Path, page: str = "home", tag: str = "en") -> str:
    """Start again, as a worker that replaces another does, and return a page's HTML."""
    return EditionStore(folders, last_good=file).current().renderer.page(page, tag)


@pytest.mark.parametrize("broken", ["[[", "", None], ids=["broken", "emptied", "gone"])
def test_a_start_with_broken_content_shows_the_last_good_one(
    broken: str | None, folders: Folders, small: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = start(folders, file)
    if broken is None:
        shutil.rmtree(small)
    else:
        (small / "home.toml").write_text(broken, encoding="utf-8")

    assert start(folders, file) == good
    assert "The site starts with the last good content" in caplog.text
    assert ".toml" in caplog.text


def test_it_moves_on_when_the_content_is_mended(folders: Folders, small: Path, file: Path) -> None:
    start(folders, file)
    kept = (small / "home.toml").read_text(encoding="utf-8")
    (small / "home.toml").write_text("[[", encoding="utf-8")
    store = EditionStore(folders, last_good=file, settle=lambda: None)
    (small / "home.toml").write_text(
        kept.replace("How good is the help?", "How good is it now?"), encoding="utf-8"
    )
    store.refresh()

    assert "How good is it now?" in store.current().renderer.page("home", "en")
    (small / "home.toml").write_text("[[", encoding="utf-8")
    assert "How good is it now?" in start(folders, file)  # the last good content


def test_a_catalogue_that_breaks_before_a_start_is_as_it_was(
    translated: Folders, file: Path
) -> None:
    good = start(translated, file, "home", "qaa")
    path = po_file.path_of(translated.translations, pseudo_locales.LONG)
    path.write_bytes(path.read_bytes()[:3000])

    for _ in range(2):  # the first start does not overwrite the good catalogue with the broken one
        assert start(translated, file, "home", "qaa") == good


def test_a_catalogue_that_breaks_under_a_running_site_is_not_kept_as_good(
    translated: Folders, file: Path, spoil: Spoil
) -> None:
    store = EditionStore(translated, last_good=file, settle=lambda: None)
    good = store.current().renderer.page("help", "qaa")
    po_file.path_of(translated.translations, pseudo_locales.LONG).write_bytes(b"")
    spoil("home.toml", "How good is the help?", "How good is it now?")
    store.refresh()

    assert "How good is it now?" in store.current().renderer.page("home", "en")
    assert start(translated, file, "help", "qaa") == good


@pytest.mark.parametrize("junk", [None, b"", b"PK junk"])
def test_without_the_last_good_content_a_broken_one_stops_a_start(
    junk: bytes | None, folders: Folders, small: Path, file: Path
) -> None:
    if junk is not None:
        file.write_bytes(junk)
    (small / "home.toml").write_text("[[", encoding="utf-8")

    with pytest.raises(ContentError, match=r"home\.toml"):
        start(folders, file)


@pytest.mark.parametrize(("owner", "name"), [(Renderer, "build"), (last_good, "_packed")])
def test_what_was_broken_while_it_was_built_is_not_kept_as_good(
    owner: object,
    name: str,
    folders: Folders,
    small: Path,
    file: Path,
    spoil: Spoil,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A save in the third of a second between reading and keeping: after one, before the other."""
    good, do = start(folders, file), getattr(owner, name)
    spoil("home.toml", "How good is the help?", "How good is it now?")

    def broken_meanwhile(*of: Any, **named: Any) -> Any:
        made = do(*of, **named) if owner is Renderer else None
        (small / "home.toml").write_text("[[", encoding="utf-8")
        return made or do(*of, **named)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, broken_meanwhile)
        assert "How good is it now?" in start(folders, file)

    assert start(folders, file) == good


def test_a_start_with_the_last_good_content_looks_again_by_itself(
    folders: Folders, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The content may not be broken, but out of reach for a moment."""
    start(folders, file)
    read = files.read_text

    def away(path: Path, *of: Any) -> str:
        if path.is_relative_to(folders.content):
            raise OSError(errno.ESTALE, "Stale file handle")
        return read(path, *of)

    with monkeypatch.context() as patch:
        patch.setattr(TOML, away)
        store = EditionStore(folders, last_good=file, settle=lambda: None)
        before = store.current()
        for _ in range(10):
            store.refresh()
        assert store.current() is before
    for _ in range(240):
        store.refresh()

    assert store.current() is not before
    assert len(caplog.records) == 1


def test_where_it_cannot_be_kept_the_site_starts_all_the_same(
    folders: Folders, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "blocked").touch()

    assert "How good is the help?" in start(folders, tmp_path / "blocked" / "last-good.zip")
    assert "cannot be kept" in caplog.text


def test_it_is_written_only_when_it_changes(folders: Folders, file: Path) -> None:
    start(folders, file)
    before = file.stat()
    start(folders, file)

    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in file.parent.iterdir() if path.name.startswith("tmp")] == []


def test_what_cannot_be_kept_does_not_keep_a_change_from_readers(
    folders: Folders, file: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may vanish, or the disk fill up, between the build and the copy.

    The archive stays as it was.
    """
    store = EditionStore(folders, last_good=file, settle=lambda: None)
    before = file.read_bytes()
    (folders.translations / "stray.toml").mkdir()
    spoil("home.toml", "How good is the help?", "How good is it now?")
    store.refresh()
    assert "How good is it now?" in store.current().renderer.page("home", "en")
    assert file.read_bytes() != before  # a folder of that name is not content

    def gone(_: Path) -> bytes:
        raise FileNotFoundError(2, "gone")

    before = file.read_bytes()
    build = Renderer.build

    def then_gone(*of: Any, **named: Any) -> Renderer:
        renderer = build(*of, **named)
        monkeypatch.setattr(Path, "read_bytes", gone)
        return renderer

    spoil("home.toml", "How good is it now?", "How good is it then?")
    monkeypatch.setattr(Renderer, "build", then_gone)
    store.refresh()

    assert "How good is it then?" in store.current().renderer.page("home", "en")
    monkeypatch.undo()
    assert file.read_bytes() == before


def no_folder(patch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    patch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))


def full_disk(patch: pytest.MonkeyPatch, _: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr(FileSystemBytecodeCache, "dump_bytecode", full)
    patch.setattr(FileSystemBytecodeCache, "load_bytecode", lambda *_: None)


@pytest.mark.parametrize("spoil_it", [no_folder, full_disk])
def test_templates_that_cannot_be_kept_compiled_stop_no_start(
    spoil_it: Callable[[pytest.MonkeyPatch, Path], None],
    folders: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoil_it(monkeypatch, tmp_path)

    assert "How good is the help?" in EditionStore(folders).current().renderer.page("home", "en")
