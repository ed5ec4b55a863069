"""Neither the console nor the disk stops a command half-way without a word of what is done.

Consoles of Windows are simulated by their encoding, full disks by the error of the system.
"""

import errno
import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands import workspace
from inspection_outcome.commands.content import content
from inspection_outcome.commands.publish import publish
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n import po_file

pytestmark = pytest.mark.slow

Spoil = Callable[[str, str, str], Path]
FIRST, SECOND = pseudo_locales.LANGUAGES
ACCEPT = ("accept", FIRST.tag, "home", "--by", "Jo")
UPDATE = [
    *("add-update", "--action", "train", "--seen", "2025-03-01", "--status", "none"),
    *("--source", "inspectors"),
]


@pytest.fixture
def folder(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the small content's translations into two languages, whose names few consoles have."""
    made = pseudo_locales.folder(tmp_path / "languages", told=pseudo_locales.messages(small))
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(made))
    return made


@pytest.fixture
def reworded(folder: Path, spoil: Spoil) -> Path:
    """Return the translations folder, after the English has changed."""
    spoil("home.toml", "How good is the help?", "How good is it now?")
    return folder


COMMANDS = {
    ("content", "check"): (),
    ("content", "add-update"): (*UPDATE[1:], "--text", "So."),
    ("publish",): ("public",),
    ("translations", "status"): (),
    ("translations", "update"): (),
    ("translations", "check"): (),
    ("translations", "accept"): (FIRST.tag, *ACCEPT[2:]),
    ("translations", "add"): ("uk",),
    ("translations", "send"): (FIRST.tag, "sheet.xlsx"),
    ("translations", "receive"): (FIRST.tag, __file__),
}
"""Every command that works on a site, with arguments with which it begins its work."""
ANEW = ("content", "start")
"""It works on no site that is there: see test_content_start.py."""


def test_those_are_all_commands() -> None:
    groups = (content, translations)
    names = [(group.name, name) for group in groups for name in group.commands]

    assert sorted([*COMMANDS, ANEW]) == sorted([*names, (publish.name,)])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("folder")
def test_the_first_line_of_a_command_says_whose_site_it_is_and_where(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    top = {"content": content, "publish": publish, "translations": translations}[command[0]]

    told = CliRunner().invoke(top, [*command[1:], *COMMANDS[command]], input="q\n")

    first = "Anyshire: content in content, translations in languages.\n"
    assert told.output.startswith(first)
    assert told.stderr.count(first) == 1


@pytest.mark.usefixtures("folder")
def test_it_says_which_other_site_may_have_been_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workspace, "not_named", lambda _: [tmp_path / "ours" / "content"])

    told = CliRunner().invoke(content, ["check"])

    also = "There is also ours/content, but no setting names it: see .env."
    assert told.stderr.startswith(
        f"Anyshire: content in content, translations in languages. {also}\n"
    )


@pytest.mark.parametrize(
    ("find", "replace", "says"),
    [
        ('grade = "requires-improvement"', 'grade = "great"', "Anyshire: content in "),
        ('name = "Anyshire"', 'name = "Any\\u001bshire"', "Any\\u001bshire: content in "),
        ('name = "Anyshire"', "name = 3", "Content in "),
        ("[council]", "[[council]]", "Content in "),
        ("[council]", "[council", "Content in "),
    ],
    ids=["a fault", "a steering sign", "no text", "no table", "no TOML"],
)
def test_it_is_said_of_faulty_content_too(
    find: str, replace: str, says: str, folder: Path, spoil: Spoil
) -> None:
    where = spoil("report.toml", find, replace)

    told = CliRunner().invoke(content, ["check"])

    assert told.stderr.startswith(f"{says}{where}, translations in {folder}.\n")


def run(*arguments: str, charset: str = "utf-8", says: str | bytes = "") -> Result:
    return CliRunner(charset=charset).invoke(translations, arguments, input=says)


def updated(folder: Path) -> list[bool]:
    """Return whether each language's file, and the template, has the new English."""
    paths = [po_file.path_of(folder, each) for each in (FIRST, SECOND)]
    return [
        "How good is it now?" in path.read_text(encoding="utf-8") if path.exists() else False
        for path in (*paths, folder / po_file.POT)
    ]


@pytest.mark.parametrize("charset", ["cp1252", "cp437", "ascii"])
def test_letters_that_a_console_lacks_do_not_stop_the_work(charset: str, reworded: Path) -> None:
    told = run("update", charset=charset)

    assert told.exit_code == 0, told.output
    assert updated(reworded) == [True, True, True]
    assert "(qaa-arab): 0 new, 1 with changed English" in told.output


@pytest.mark.parametrize(
    "command",
    [("status",), ("add", "uk"), ("accept", SECOND.tag, "home", "--by", "Jo")],
    ids=lambda command: command[0],
)
@pytest.mark.usefixtures("folder")
def test_such_letters_are_escaped_in_each_command(command: tuple[str, ...]) -> None:
    told = run(*command, charset="cp1252", says="q\n")

    assert told.exit_code == 0, told.output
    assert "\\u" in told.output


def test_such_letters_in_the_content_or_a_path_are_escaped(
    folder: Path, spoil: Spoil, tmp_path: Path
) -> None:
    assert folder.is_dir()
    made = CliRunner(charset="cp1252").invoke(publish, [str(tmp_path / "łącze")])
    assert "\\u0142\\u0105cze: " in made.output
    spoil("home.toml", "Inspectors came", "٤ inspectors came")
    told = CliRunner(charset="cp1252").invoke(content, ["check"])

    assert "home.lead: digits typed in: \\u0664" in told.output
    assert "1 to mend" in told.output


@pytest.mark.parametrize("number", [errno.EPIPE, errno.ENOSPC], ids=["| head", "> a full disk"])
def test_output_that_goes_nowhere_does_not_stop_the_work(
    number: int, reworded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def echo(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(click, "echo", echo)

    told = run("update")

    assert isinstance(told.exception, SystemExit), told.exception
    assert told.exit_code == 1
    assert updated(reworded) == [True, True, True]


@pytest.mark.parametrize(
    ("text", "says"),
    [(["--text", "caf\udce9"], b""), ([], b"caf\xe9\n")],
    ids=["argument", "answer"],
)
@pytest.mark.usefixtures("folder")
def test_what_was_typed_in_another_encoding_is_not_taken_for_a_file_s(
    text: list[str], says: bytes, small: Path
) -> None:
    before = (small / "report.toml").read_bytes()

    told = CliRunner().invoke(content, [*UPDATE, *text], input=says)

    assert told.exit_code == 1
    assert "What was typed is not text in the encoding of this console" in told.stderr
    assert (small / "report.toml").read_bytes() == before


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], bool]], None]:
    """Return a function that lets every write of some paths fail as on a full disk."""
    replace = Path.replace

    def fill(is_full: Callable[[Path], bool]) -> None:
        def fails(self: Path, target: Path) -> Path:
            if is_full(target):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", fails)

    return fill


def test_update_names_the_file_that_could_not_be_written_and_writes_the_others(
    reworded: Path, full: Callable[[Callable[[Path], bool]], None]
) -> None:
    path = po_file.path_of(reworded, FIRST)
    full(lambda target: target == path)

    told = run("update")

    assert told.exit_code == 1
    assert f"{path} cannot be written: No space left on device" in told.stderr
    assert "(qaa-arab): 0 new, 1 with changed English" in told.stdout
    assert "(qaa): " not in told.stdout
    assert updated(reworded) == [False, True, True]


def test_add_says_that_its_line_is_written_and_then_makes_the_file(
    folder: Path, full: Callable[[Callable[[Path], bool]], None]
) -> None:
    full(lambda target: target.suffix == ".po")

    told = run("add", "pt_PT")

    assert told.exit_code == 1
    assert "messages.po cannot be written: No space left on device" in told.stderr
    assert "The line of pt-pt is in languages.toml." in told.stderr
    full(lambda _: False)
    assert run("add", "pt_PT").exit_code == 0  # as the message says: do it again
    assert "pt-pt: Not translated" in run("check", "pt-pt").output
    assert (folder / "languages.toml").read_text(encoding="utf-8").count("pt-pt") == 1


def test_accept_says_what_it_kept_before_the_disk_was_full(
    folder: Path, full: Callable[[Callable[[Path], bool]], None]
) -> None:
    writes = itertools.count()
    full(lambda _: next(writes) > 0)

    told = run(*ACCEPT, says="y\ny\ny\n")

    assert told.exit_code == 1
    assert "1 accepted and kept" in told.stdout
    assert "No space left on device" in told.stderr
    assert told.stderr.rstrip().endswith("Make room on the disk, and do it again.")
    text = po_file.path_of(folder, FIRST).read_text(encoding="utf-8")
    assert text.count("Checked by Jo") == 1


@pytest.mark.usefixtures("folder")
def test_on_windows_what_to_install_is_said_for_powershell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textstat", None)
    monkeypatch.setattr(sys, "platform", "win32")

    told = CliRunner().invoke(content, ["check"])

    assert r"Run: .venv\Scripts\pip install" in told.stderr
