"""Two commands, or a command and an editor, at work on the translations at once lose nothing."""

import datetime as dt
import errno
import fcntl
import os
import resource
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pseudo_locales
import pytest
from click.testing import CliRunner
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n import languages, lock, po_file
from inspection_outcome.i18n.accept_page import PageCheck
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.states import Checked
from inspection_outcome.report.files import FileError

POLISH = Language("pl", "Polski")
BY = Checked("Anna", dt.date(2026, 11, 24))


@pytest.fixture
def folder(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the translations folder of the small content, in Polish."""
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (POLISH,), pseudo_locales.messages(small))
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(folder))
    return folder


Second = Callable[[str, Callable[[], object]], threading.Thread]


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Second:
    """Return a function that does something just before a file of that name is put in its place.

    It is done in a thread, which is waited for until it is done, or waits for a lock itself.
    """
    waits, replace, flock = threading.Event(), Path.replace, fcntl.flock

    def noted(descriptor: int, how: int) -> None:
        try:
            flock(descriptor, how)
        except BlockingIOError:
            waits.set()
            raise

    def begin(name: str, do: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=do, daemon=True)

        def late(path: Path, target: Path) -> Path:
            if target.name == name and not thread.ident:
                thread.start()
                while thread.is_alive() and not waits.is_set():
                    thread.join(0.01)
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", late)
        monkeypatch.setattr("fcntl.flock", noted)
        return thread

    return begin


def test_what_two_speakers_accept_at_once_is_all_kept(
    folder: Path, small: Path, second: Second
) -> None:
    file = po_file.path_of(folder, POLISH)
    sentences = [each.sentence for each in pseudo_locales.messages(small)]
    one, two = (PageCheck.begin(file, POLISH, sentences[n : n + 1], BY) for n in (0, 1))
    other = second("messages.po", lambda: two.accept(two.to_ask[:1]))

    assert one.accept(one.to_ask[:1]) == []

    other.join(60)
    assert file.read_text(encoding="utf-8").count("# Checked by Anna") == 2


def test_languages_that_are_added_at_once_are_all_in_the_list(folder: Path, second: Second) -> None:
    def add(tag: str) -> None:
        translations.main(["add", tag], standalone_mode=False)

    other = second("languages.toml", lambda: add("lt"))

    add("de")

    other.join(60)
    assert [language.tag for language in languages.load(folder)] == ["en", "pl", "de", "lt"]


def test_a_language_that_is_accepted_while_it_is_updated_loses_nothing(
    folder: Path, small: Path, second: Second
) -> None:
    file = po_file.path_of(folder, POLISH)
    sentences = [each.sentence for each in pseudo_locales.messages(small)]
    check = PageCheck.begin(file, POLISH, sentences[:1], BY)
    other = second("messages.po", lambda: check.accept(check.to_ask[:1]))

    assert CliRunner().invoke(translations, ["update"]).exit_code == 0

    other.join(60)
    assert "# Checked by Anna" in file.read_text(encoding="utf-8")


def test_an_update_does_not_overwrite_what_an_editor_saves_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor knows no lock, so the file is looked at again just before the new one is put."""
    file, fsync = po_file.path_of(folder, POLISH), os.fsync
    text = file.read_text(encoding="utf-8")
    saves = (
        done and file.write_text(text.replace("héelp?", "X?"), encoding="utf-8")
        for done in (False, True)
    )

    def saved_meanwhile(descriptor: int) -> None:
        next(saves, None)  # the first time, messages.pot is written
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    assert CliRunner().invoke(translations, ["update"]).exit_code == 0

    assert "thée X?" in file.read_text(encoding="utf-8")
    assert [path.name for path in file.parent.iterdir()] == ["messages.po"]


def test_a_new_language_does_not_overwrite_a_list_that_an_editor_saves_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, fsync = folder / languages.FILE, os.fsync
    mine = path.read_text(encoding="utf-8") + "# mine\n"

    def saved_meanwhile(descriptor: int) -> None:
        path.write_text(mine, encoding="utf-8")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    told = CliRunner().invoke(translations, ["add", "lt"])

    assert told.exit_code == 1
    assert "languages.toml was changed meanwhile. Nothing was written. Start again." in told.stderr
    assert path.read_text(encoding="utf-8") == mine
    assert not (folder / "lt").exists()


def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate the locks of Windows, of which one is of some bytes, by those of this system."""

    def locking(descriptor: int, mode: int, count: int) -> None:
        assert (mode, count, os.lseek(descriptor, 0, os.SEEK_CUR)) == (2, 1, 1_000_000)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    msvcrt = SimpleNamespace(locking=locking, LK_NBLCK=2)
    monkeypatch.setattr(lock, "msvcrt", msvcrt, raising=False)
    monkeypatch.setattr(lock, "sys", SimpleNamespace(platform="win32"))


@pytest.mark.parametrize("system", [lambda _: None, on_windows], ids=["here", "Windows"])
def test_a_command_that_does_not_end_is_told_and_holds_up_nobody_for_ever(
    system: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LONGEST_WAIT", 0)
    system(monkeypatch)
    said = f"at work on {tmp_path}: process {os.getpid()}, since [0-9:]{{8}}. Wait until it has"
    with locked(tmp_path), pytest.raises(FileError, match=said), locked(tmp_path):
        raise AssertionError("two had the lock")

    with locked(tmp_path):  # it has ended
        pass


def test_an_update_that_has_to_wait_too_long_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LONGEST_WAIT", 0)
    with locked(folder):
        for command in (["update"], ["add", "lt"]):
            told = CliRunner().invoke(translations, command)
            assert (told.exit_code, "Error: Another command is at work" in told.stderr) == (1, True)


def test_a_full_disk_keeps_nobody_from_the_lock(tmp_path: Path) -> None:
    """Simulated: no file may grow. What follows in the block tells people of the disk."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        with locked(tmp_path):
            done = True
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert done


def test_where_no_lock_can_be_had_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: a folder that cannot be written, and a network share without locks."""
    done = []
    with locked(tmp_path / "nowhere"):
        done.append("no file")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with locked(tmp_path):
        done.append("no locks")
    assert done == ["no file", "no locks"]


@pytest.mark.skipif(os.name == "nt", reason="O_NOFOLLOW is POSIX: Windows has no such flag")
def test_a_link_in_the_place_of_the_lock_overwrites_nothing(folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("mine", encoding="utf-8")
    (folder / lock.FILE).symlink_to(letter)

    with locked(folder):
        assert letter.read_text(encoding="utf-8") == "mine"
